// The conversation on the screen.

import { fill, h, paragraphs, plain, size } from "./words.js";

const ZONE = "Asia/Ho_Chi_Minh";
const DAY = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
const TIME = new Intl.DateTimeFormat("vi-VN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });

export class Log {
  /** Shows messages in `place`. `press(token, title)` is called for a button. */
  constructor(place, texts, embedded, press) {
    Object.assign(this, { place, texts, embedded, press });
    this.titles = new Map(); // token → title, to show what an earlier press meant
    this.chips = new Map(); // token → element
    this.unsent = new Map(); // id → element of a message the server does not have yet
    this.lastDay = "";
  }

  /** A message the server has, ours or the citizen's. Returns its element. */
  said(message) {
    const mine = message.by === "citizen";
    if (mine && message.kind === "start") return null;
    const known = mine && this.unsent.get(message.id);
    if (known) {
      this.unsent.delete(message.id);
      known.remove();
    }
    if (mine && message.click) this.choose(message.click);
    this.separate(new Date(message.at));
    const element = this.turn(mine, this.content(message));
    const time = TIME.format(new Date(message.at));
    const previous = element.className === this.last?.className ? this.last.querySelector(":scope > .meta:last-child") : null;
    if (previous?.textContent === time) previous.remove(); // one time for what was said in one breath
    element.append(h("p", { class: "meta" }, time));
    if (message.wants.length) element.append(this.ways(message.wants));
    if (message.buttons.length) element.append(this.buttons(message.buttons));
    this.insert(element);
    this.last = element;
    return element;
  }

  /** A message on its way: shown at the end until the server has it. */
  sending(id, content) {
    const element = this.turn(true, content);
    element.classList.add("unsent");
    element.append(h("p", { class: "meta" }));
    this.unsent.set(id, element);
    this.place.append(element);
    return element;
  }

  /** What becomes of a message on its way, with ways on: `[[title, action]]`. */
  status(id, text, ways = []) {
    const meta = this.unsent.get(id)?.querySelector(".meta");
    if (!meta) return;
    const buttons = ways.map(([title, click]) => h("button", { type: "button", click }, title));
    meta.replaceChildren(text, ...buttons);
    this.unsent.get(id).classList.toggle("failed", ways.length > 0);
  }

  drop(id) {
    this.unsent.get(id)?.remove();
    this.unsent.delete(id);
  }

  /** Marks the button as the one that was pressed. */
  choose(token) {
    const chip = this.chips.get(token);
    if (!chip || chip.classList.contains("chosen")) return;
    chip.classList.add("chosen");
    chip.append(h("span", { class: "hidden" }, ` (${this.texts.chosen})`));
  }

  /** What a pressed button said. */
  title(token) {
    return this.titles.get(token) || this.texts.pressed;
  }

  content(message) {
    if (message.click) return [h("p", {}, this.title(message.click))];
    if (message.kind === "location") return [h("p", {}, this.texts.place)];
    const words = message.by === "citizen" ? plain : paragraphs;
    return [...(message.text ? words(message.text) : []), ...message.files.map((file) => this.file(file))];
  }

  /** A card for a file; a link if the file can be opened. */
  file({ id, name, size: bytes, mime }) {
    const kind = /\.(\w{2,4})$/.exec(name)?.[1].toUpperCase() || (mime || "").split("/").pop().toUpperCase();
    const inside = [
      h("span", { class: "ending", "aria-hidden": "true" }, kind.slice(0, 4)),
      h("span", { class: "name" }, name, h("small", {}, bytes ? size(bytes) : "")),
    ];
    if (!id) return h("div", { class: "file" }, ...inside);
    // In a frame, a new tab would not know the conversation: there the file is saved instead.
    const way = this.embedded ? { download: name } : { target: "_blank", rel: "noopener" };
    const label = fill(this.texts.open_file, { name, size: size(bytes) });
    return h("a", { class: "file", href: `/chat/file/${id}`, "aria-label": label, ...way }, ...inside);
  }

  turn(mine, content) {
    const who = mine ? this.texts.citizen : this.texts.bot;
    const bubble = h("div", { class: "bubble" }, h("span", { class: "hidden" }, `${who}: `), ...content);
    if (content.length && content.every((part) => !part.matches("p, ul"))) bubble.classList.add("bare");
    return h("div", { class: mine ? "turn mine" : "turn" }, bubble);
  }

  buttons(buttons) {
    const row = h("div", { class: "chips" });
    for (const { title, token } of buttons) {
      const chip = h("button", { type: "button", class: "chip", click: () => this.press(token, title) }, title);
      this.titles.set(token, title);
      this.chips.set(token, chip);
      row.append(chip);
    }
    return row;
  }

  /** Buttons that go nowhere but to this device: its camera, its files, where it is. */
  ways(wants) {
    const found = wants.flatMap((what) => [...document.querySelectorAll(`[data-gives=${what}]`)]);
    const chips = found.map((way) => {
      const look = `chip ${way.className}`;
      return h("button", { type: "button", class: look, click: () => (way.control || way).click() }, way.textContent.trim());
    });
    return h("div", { class: "chips" }, ...chips);
  }

  separate(at) {
    const day = DAY.format(at);
    if (day === this.lastDay) return;
    this.lastDay = day;
    const now = new Date();
    const near = { [DAY.format(new Date(now - 864e5))]: this.texts.yesterday, [DAY.format(now)]: this.texts.today };
    this.insert(h("p", { class: "day" }, near[day] || day));
  }

  insert(element) {
    this.place.insertBefore(element, this.unsent.values().next().value ?? null);
  }
}
