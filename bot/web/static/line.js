// The line to the server: news of the conversation, kept up through lost connections and restarts.

const SILENCE = 40e3; // the server gives a sign of life every 15 s
const FIRST = 10e3; // the first words come at once
const LONGEST_WAIT = 15e3;

export class Line {
  /** Calls `on.said(message)`, `on.ready({isEmpty})` and `on.state(isConnected, wasEverConnected)`. */
  constructor(on) {
    this.on = on;
    this.after = "";
    this.wait = 1e3;
    setInterval(() => this.watch(), 2e3);
    addEventListener("online", () => this.open());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && Date.now() - this.heard > SILENCE / 2) this.open();
    });
    this.open();
  }

  /** A line that says nothing is dead, or held back by a proxy that waits for its end: then ask briefly. */
  watch() {
    const silent = Date.now() - this.heard;
    if (silent < (this.isReady ? SILENCE : FIRST)) return;
    if (!this.isReady) this.isBrief = true;
    this.open();
  }

  open() {
    clearTimeout(this.again);
    this.source?.close();
    this.heard = Date.now();
    this.isReady = false;
    const source = (this.source = new EventSource(`/chat/events?after=${this.after}${this.isBrief ? "&leave" : ""}`));
    const listen = (name, act) =>
      source.addEventListener(name, (event) => {
        this.heard = Date.now();
        if (event.lastEventId) this.after = event.lastEventId;
        act(JSON.parse(event.data));
      });
    listen("said", (message) => this.on.said(message));
    listen("beat", () => {});
    listen("ready", (data) => {
      this.wait = 1e3;
      this.isReady = this.wasReady = true;
      this.on.state(true);
      this.on.ready(data);
    });
    source.onerror = () => this.lost(source);
  }

  lost(source) {
    if (source !== this.source) return;
    // The browser would try again by itself, but not after every kind of failure.
    source.close();
    if (!(this.isBrief && this.isReady)) this.on.state(false, this.wasReady);
    clearTimeout(this.again);
    this.again = setTimeout(() => this.open(), this.wait);
    this.wait = Math.min(this.wait * 1.7, LONGEST_WAIT);
  }
}
