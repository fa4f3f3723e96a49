// The page that papers are sent on: photos made lighter first, progress shown. Without it the form works too.

import { lighter } from "./files.js";

const form = document.getElementById("papers");
const [bar, status, button] = ["#progress", "#status", "button"].map((name) => form.querySelector(name));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  bar.hidden = false;
  status.textContent = status.dataset.sending;
  show(await send(await lightened()));
});

form.addEventListener("change", () => (status.textContent = ""));

async function lightened() {
  const data = new FormData();
  data.append("id", form.elements.id.value);
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  for (const file of await Promise.all(chosen.slice(0, form.dataset.most).map(lighter))) data.append("files", file);
  return data;
}

function send(data) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.upload.onprogress = (event) => event.lengthComputable && (bar.value = event.loaded / event.total);
    request.onload = () => done(request.responseText);
    request.onerror = () => done("");
    request.send(data);
  });
}

/** Shows what the server answers; a lost connection leaves the form as it is, to be sent again. */
function show(page) {
  const next = page && new DOMParser().parseFromString(page, "text/html");
  const failed = !next?.querySelector("main") || next.querySelector("[role=alert]");
  bar.hidden = true;
  button.disabled = false;
  if (failed) {
    status.textContent = next?.querySelector("[role=alert]")?.textContent.trim() || status.dataset.failed;
    return;
  }
  document.title = next.title;
  document.querySelector("main").replaceWith(next.querySelector("main"));
  const head = document.querySelector("h1");
  head.tabIndex = -1;
  head.focus();
}
