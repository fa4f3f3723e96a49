// Turns plain sentences into safe nodes: paragraphs, lists, links. Nothing here parses HTML.

const LINK = /(https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])|((?:[a-z0-9-]+\.)+gov\.vn(?:\/[^\s<>"“”,;]*[^\s<>"“”.,;:!?)])?)|([GH]\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{4,7})/g;

/** `h("p", {class: "note"}, "words", node)`: an element; functions become listeners. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child != null && child !== ""));
  return element;
}

/** The text with `{holes}` filled. */
export function fill(text, holes) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(holes[name] ?? ""));
}

/** Paragraphs and lists for a message: a line that begins with • is an item. */
export function paragraphs(text) {
  const blocks = [];
  for (const block of text.split(/\n{2,}/)) {
    let list = null;
    let lines = [];
    const close = () => {
      if (lines.length) blocks.push(h("p", {}, ...joined(lines)));
      lines = [];
    };
    for (const line of block.split("\n").filter((line) => line.trim())) {
      if (line.startsWith("• ")) {
        close();
        if (!list) blocks.push((list = h("ul")));
        list.append(h("li", {}, ...links(line.slice(2))));
      } else {
        list = null;
        lines.push(line);
      }
    }
    close();
  }
  return blocks;
}

/** `1,4 MB`. */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

function joined(lines) {
  return lines.flatMap((line, at) => (at ? [h("br"), ...links(line)] : links(line)));
}

function links(line) {
  const nodes = [];
  let at = 0;
  for (const match of line.matchAll(LINK)) {
    const [found, url, host, code] = match;
    const href = url || (host && `https://${host}`) || `/ho-so/${code}`;
    nodes.push(line.slice(at, match.index), h("a", { href, target: "_blank", rel: "noopener" }, found));
    at = match.index + found.length;
  }
  nodes.push(line.slice(at));
  return nodes;
}
