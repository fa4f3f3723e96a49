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

/** A citizen's words, line by line, as they wrote them. */
export function plain(text) {
  return [h("p", {}, ...text.split("\n").map((line) => h("span", { class: "line" }, line)))];
}

/** What our messages look like: paragraphs; `• ` items; `✓ ` what was noted; `— … —` a new part. */
export function paragraphs(text) {
  return text.split(/\n{2,}/).flatMap((block) => {
    const parts = [];
    let last = null;
    for (const line of block.split("\n").filter((line) => line.trim())) {
      const kind = line.startsWith("• ") ? "item" : line.startsWith("✓ ") ? "noted" : /^— .+ —$/.test(line) ? "part" : "";
      if (last?.kind !== kind || kind === "part") parts.push((last = { kind, lines: [] }));
      last.lines.push(line);
    }
    return parts.map((part, at) => drawn(part, heads(parts[at - 1], part), heads(part, parts[at + 1])));
  });
}

/** Whether `part` is the heading of the items after it: one line that is no sentence. */
function heads(part, next) {
  return part?.kind === "" && next?.kind === "item" && part.lines.length === 1 && /[^:.?!…]$/.test(part.lines[0]);
}

function drawn({ kind, lines }, isHeaded, isHeading) {
  const itemOf = isHeaded ? answered : item;
  if (kind === "item") return h("ul", {}, ...lines.map((line) => h("li", {}, ...itemOf(line.slice(2)))));
  if (kind === "part") return h("p", { class: "part" }, lines[0].slice(2, -2));
  const shown = lines.map((line) => h("span", { class: "line" }, ...(kind ? links(line) : labelled(line))));
  return h("p", { class: isHeading ? "heading" : kind || null }, ...shown);
}

/** An item under a heading: what was asked, and after a colon the answer, which is what is to be checked. */
function answered(line) {
  const [label] = /^[^:—“”]{1,80}:(?= )/.exec(line) || [""];
  return label ? [h("span", { class: "asked" }, label), ...links(line.slice(label.length))] : item(line);
}

/** An item; its name stands before a dash. */
function item(line) {
  const [name] = (line.includes(" — ") && /^[^—:(]{1,90}[^—:(\s]/.exec(line)) || [""];
  return name ? [h("b", {}, name), ...links(line.slice(name.length))] : links(line);
}

/** A line that says what it is about before a colon, so that eyes can find it. */
function labelled(line) {
  const [label] = /^\p{Lu}[^:.?!,“”()]{1,24}:(?= )/u.exec(line) || [""];
  return label ? [h("b", {}, label), ...asked(line.slice(label.length))] : asked(line);
}

/** A line; what stands in brackets after a question, or after what is said to it, is only an example. */
function asked(line) {
  const [, question, example] = /^(.*[?](?:.*[.])?) (\([^()]+\))$/.exec(line) || [];
  return example ? [...links(question), " ", h("span", { class: "example" }, example)] : links(line);
}

/** `1,4 MB`. */
export function size(bytes) {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
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
