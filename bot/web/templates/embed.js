// Puts the assistant on this page: a button in the corner that opens it in a frame.
(() => {
  const texts = {{ {"open": say("web.embed.open"), "close": say("web.embed.close"), "title": say("web.title")} | tojson }};
  const home = new URL(document.currentScript.src).origin;
  const style = (element, rules) => Object.assign(element.style, rules);

  const button = document.createElement("button");
  button.type = "button";
  button.textContent = texts.open;
  button.setAttribute("aria-expanded", "false");
  style(button, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: "2147483000", minHeight: "48px",
    padding: "0 20px", border: "2px solid #fff", borderRadius: "24px", background: "#0d5560",
    color: "#fff", font: "600 16px/1.2 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 2px 12px rgba(0,0,0,.3)",
  });

  let frame;
  const open = () => {
    frame = document.createElement("iframe");
    frame.src = home + "/chat?embed=1";
    frame.title = texts.title;
    frame.allow = "geolocation";
    style(frame, {
      position: "fixed", right: "16px", bottom: "76px", zIndex: "2147483000", border: "0",
      width: "min(400px, calc(100vw - 32px))", height: "min(640px, calc(100vh - 100px))",
      borderRadius: "16px", boxShadow: "0 8px 32px rgba(0,0,0,.35)", background: "#fff",
    });
    document.body.append(frame);
    frame.focus();
  };

  button.addEventListener("click", () => {
    if (!frame) open();
    else frame.hidden = !frame.hidden;
    style(frame, { display: frame.hidden ? "none" : "block" });
    button.textContent = frame.hidden ? texts.open : texts.close;
    button.setAttribute("aria-expanded", String(!frame.hidden));
  });
  const show = () => document.body.append(button);
  if (document.body) show();
  else addEventListener("DOMContentLoaded", show);
})();
