// What the citizen says, sent one after the other; kept until the server has it.

const KEPT = "motcua-unsent";
const LONGEST_WAIT = 15e3;

/** A name for a message that no other message has. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
}

export class Outgoing {
  /** Calls `on.waiting(id, why)`, `on.taken(id)`, `on.refused(id, status)`. */
  constructor(token, on) {
    Object.assign(this, { token, on, queue: kept(), busy: false, wait: 1e3 });
    addEventListener("online", () => this.hurry());
  }

  /** Sends the message as soon as those before it are gone. */
  push(message) {
    this.queue.push(message);
    this.keep();
    this.run();
  }

  /** The network may be back: try now. */
  hurry() {
    this.wait = 1e3;
    this.wake?.();
    this.run();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.queue.length) {
      const message = this.queue[0];
      const { status, after } = await this.post(message);
      if (status === 0 || status === 429 || status >= 500) {
        this.on.waiting(message.id, status);
        await this.pause(Math.max(this.wait, after));
        this.wait = Math.min(this.wait * 1.7, LONGEST_WAIT);
        continue;
      }
      this.wait = 1e3;
      this.queue.shift();
      this.keep();
      if (status === 202) this.on.taken(message.id);
      else this.on.refused(message.id, status);
    }
    this.busy = false;
  }

  async post(message) {
    try {
      const answer = await fetch("/chat/say", {
        method: "POST",
        headers: { "content-type": "application/json", "x-motcua-token": this.token },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout?.(20e3),
      });
      return { status: answer.status, after: 1e3 * (answer.headers.get("retry-after") || 0) };
    } catch {
      return { status: 0, after: 0 };
    }
  }

  pause(time) {
    return new Promise((done) => {
      const timer = setTimeout(done, time);
      this.wake = () => (clearTimeout(timer), done());
    });
  }

  keep() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.queue));
    } catch {
      // Storage is blocked: a reload would lose what is unsent, nothing more.
    }
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || [];
  } catch {
    return [];
  }
}
