// The chat page: joins the screen, the line to the server, what is sent, and files.

import { sendFiles } from "./files.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { newId, Outgoing } from "./outgoing.js";
import { fill, h, plain } from "./words.js";

const $ = (id) => document.getElementById(id);
const settings = JSON.parse($("data").textContent);
const { token, start, texts } = settings;
const embedded = document.body.classList.contains("embedded");
const title = document.title;
const scroll = $("scroll");
const words = $("words");
const answersDue = new Set();
const answered = new Set(); // an answer may be here before the word that the question arrived
const touch = matchMedia("(pointer: coarse)").matches;
const lastPress = {};
let unread = 0;
let typingOver;

const log = new Log($("log"), texts, embedded, (pressed, title) => {
  if (Date.now() - lastPress[pressed] < 1500) return; // fingers that tremble press twice
  lastPress[pressed] = Date.now();
  log.choose(pressed);
  say({ click: pressed }, [h("p", {}, title)]);
});

const outgoing = new Outgoing(token, {
  waiting: (id, why) => log.status(id, why === 429 ? texts.slow_down : texts.waiting),
  taken: (id) => {
    log.status(id, "");
    expect(id);
  },
  refused: (id, status) => {
    if (status === 401 || status === 403) refused();
    log.status(id, texts.refused, [[texts.cancel, () => log.drop(id)]]);
  },
});

const page = { ...settings, log, outgoing, notice, refused, toEnd };
new Line({
  said: (message) => {
    const wasAtEnd = isAtEnd();
    log.said(message);
    if (message.by === "citizen") message.waits ? expect(message.id) : null;
    else answer(message);
    if (wasAtEnd) toEnd();
    else if (isCaughtUp()) $("newest").hidden = false;
  },
  ready: ({ isEmpty }) => {
    if (!isCaughtUp()) caughtUp();
    // The same id each time: however often the page is opened, the conversation begins once.
    if (isEmpty || start) outgoing.push({ id: `start-${start.replace(/[^\w-]/g, "-")}`.slice(0, 64), start });
    outgoing.hurry();
  },
  state: (isUp, wasUp) => {
    connection(isUp);
    // What an event stream failed of, a browser does not tell: ask in a way that can be answered.
    if (!isUp && !wasUp) fetch("/chat/say", { method: "POST" }).then(({ status }) => status === 401 && refused(), () => {});
  },
});

function say(message, content) {
  message.id = newId();
  log.sending(message.id, content);
  log.status(message.id, texts.sending);
  outgoing.push(message);
  toEnd();
}

function isCaughtUp() {
  return $("log").getAttribute("aria-busy") === "false";
}

function caughtUp() {
  $("log").setAttribute("aria-busy", "false");
  $("log").setAttribute("aria-live", "polite");
  for (const { id, text, click, location } of outgoing.queue) {
    if (log.unsent.has(id) || !(text || click || location)) continue;
    log.sending(id, click ? [h("p", {}, log.title(click))] : text ? plain(text) : [h("p", {}, texts.place)]);
    log.status(id, texts.waiting);
  }
  scroll.scrollTop = scroll.scrollHeight;
}

// Waiting for an answer

function expect(id) {
  if (answered.has(id)) return;
  answersDue.add(id);
  showTyping(true);
}

function answer(message) {
  answered.add(message.id);
  answersDue.delete(message.id);
  if (!answersDue.size) showTyping(false);
  if (document.hidden && isCaughtUp()) document.title = fill(texts.unread, { n: ++unread, title });
}

function showTyping(isOn) {
  clearTimeout(typingOver);
  if (isOn) typingOver = setTimeout(() => (answersDue.clear(), showTyping(false)), 90e3);
  $("typing").textContent = isOn ? $("typing").dataset.text : "";
  if (isOn) toEnd();
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) (unread = 0), (document.title = title);
});

// The connection

let lostAt;
function connection(isUp) {
  const place = $("connection");
  clearTimeout(lostAt);
  if (isUp && place.classList.contains("lost")) {
    place.textContent = texts.online;
    place.classList.remove("lost");
    lostAt = setTimeout(() => (place.textContent = ""), 2500);
  } else if (!isUp) {
    lostAt = setTimeout(() => {
      place.textContent = texts.offline;
      place.classList.add("lost");
    }, 1500); // a blink is not worth a word
  }
}

/** The cookie is gone or not kept: once a fresh page may help, else a page of its own. */
function refused() {
  if (!embedded && once("motcua-fresh")) return location.reload();
  clearTimeout(lostAt);
  const alone = h("a", { href: "/", target: "_blank", rel: "noopener" }, texts.open_alone);
  $("connection").replaceChildren(`${texts.no_cookie} `, alone);
  $("connection").classList.add("lost");
}

function once(name) {
  try {
    if (Date.now() - sessionStorage.getItem(name) < 6e4) return false;
    sessionStorage.setItem(name, Date.now());
    return true;
  } catch {
    return false;
  }
}

// Scrolling

function isAtEnd() {
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
}

/** To the end, but never past the beginning of the answer. */
function toEnd() {
  const mine = [...log.place.querySelectorAll(".mine")].pop();
  const end = scroll.scrollHeight - scroll.clientHeight;
  scroll.scrollTop = mine ? Math.min(end, mine.offsetTop - 12) : end;
  $("newest").hidden = isAtEnd();
}

scroll.addEventListener("scroll", () => isAtEnd() && ($("newest").hidden = true), { passive: true });
$("newest").addEventListener("click", () => {
  scroll.scrollTop = scroll.scrollHeight;
  backToWords();
});

// Writing

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight + 2, 160)}px`;
}

/** On a phone that would bring up the letters, over what there is to read. */
function backToWords() {
  if (!touch) words.focus();
}

words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = words.value.trim();
  words.focus();
  if (!text) return;
  words.value = "";
  grow();
  say({ text }, plain(text));
});

// Files and places

function showAdding(isOn) {
  $("adding").hidden = !isOn;
  $("adds").setAttribute("aria-expanded", String(isOn));
  if (isOn) $("adding").querySelector(touch ? "input" : "label:not(.add-photo) input").focus();
}

$("adds").addEventListener("click", () => showAdding($("adding").hidden));
$("composer").addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || $("adding").hidden) return;
  showAdding(false);
  $("adds").focus();
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("#adding, #adds")) showAdding(false);
});
for (const input of document.querySelectorAll("[data-adds]")) {
  input.addEventListener("change", () => {
    const chosen = [...input.files];
    input.value = "";
    showAdding(false);
    backToWords();
    sendFiles(page, chosen);
  });
}
$("place").addEventListener("click", () => {
  showAdding(false);
  backToWords();
  const failed = () => notice(texts.no_place);
  if (!navigator.geolocation) return failed();
  navigator.geolocation.getCurrentPosition(
    ({ coords: { latitude, longitude } }) => say({ location: { latitude, longitude } }, [h("p", {}, texts.place)]),
    failed,
    { timeout: 15e3, maximumAge: 6e4 },
  );
});

addEventListener("paste", (event) => {
  const pasted = [...(event.clipboardData?.files || [])];
  if (!pasted.length) return;
  event.preventDefault();
  sendFiles(page, pasted);
});
addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  sendFiles(page, [...event.dataTransfer.files]);
});

/** Words of our own about something that went no further than this page. */
function notice(text) {
  log.place.append(h("p", { class: "note" }, text));
  toEnd();
}

// The menu

/** Larger letters, on this device from now on. */
function makeLarger(isOn) {
  document.documentElement.classList.toggle("large", isOn);
  $("larger").setAttribute("aria-pressed", String(isOn));
  try {
    isOn ? localStorage.setItem("motcua-large", "1") : localStorage.removeItem("motcua-large");
  } catch {} // then only until the page is closed
}

try {
  makeLarger(localStorage.getItem("motcua-large") === "1");
} catch {}

const menu = $("menu");
function showLeaving(isOn) {
  $("leaving").hidden = !isOn;
  $("menu-items").hidden = isOn;
  $(isOn ? "leave-no" : "menu-closes").focus();
}

$("menu-opens").addEventListener("click", () => {
  menu.showModal();
  showLeaving(false);
});
$("menu-closes").addEventListener("click", () => menu.close());
menu.addEventListener("click", (event) => event.target === menu && menu.close());
$("larger").addEventListener("click", () => {
  makeLarger(!document.documentElement.classList.contains("large"));
  menu.close();
  toEnd();
});
$("moves")?.addEventListener("click", ({ target }) => {
  menu.close();
  say({ text: target.dataset.says }, plain(target.dataset.says));
});
$("leaves").addEventListener("click", () => showLeaving(true));
$("leave-no").addEventListener("click", () => showLeaving(false));
$("leave-yes").addEventListener("click", async () => {
  const answer = await fetch("/chat/leave", { method: "POST", headers: { "x-motcua-token": token } }).catch(() => null);
  if (!answer?.ok) return menu.close();
  outgoing.queue.length = 0;
  outgoing.keep();
  location.replace(embedded ? "/chat?embed=1" : "/");
});

backToWords();
