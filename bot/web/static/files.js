// Files on their way to the server: looked at, made smaller if they are large photos, sent with progress.

import { newId } from "./outgoing.js";
import { fill, h } from "./words.js";

const TAKEN = ["image/jpeg", "image/png", "image/heic", "image/heif", "image/webp", "application/pdf"];
const LARGE = 2.5e6;
const LONGEST_SIDE = 2600; // an A4 page at this size is still read easily
const TRIES = 3;

/**
 * Sends the chosen files as one message of the page. Each is uploaded first; what failed can be tried
 * again, and what arrived is not sent twice.
 */
export async function sendFiles(page, chosen) {
  const { log, outgoing, texts, mostFiles, mostBytes } = page;
  if (chosen.length > mostFiles) page.notice(fill(texts.too_many, { n: mostFiles }));
  const files = (await Promise.all(chosen.slice(0, mostFiles).map(lighter))).filter((file) => {
    const why = problem(file, mostBytes);
    if (why) page.notice(`${file.name}: ${fill(texts[why], { mb: megabytes(mostBytes) })}`);
    return !why;
  });
  if (!files.length) return;
  const id = newId();
  const stop = new AbortController();
  const bars = files.map((file) => h("progress", { max: 1, value: 0, "aria-label": fill(texts.uploading, file) }));
  log.sending(id, files.flatMap((file, n) => [log.file(file), bars[n]]));
  page.toEnd();
  const refs = [];
  const attempt = async () => {
    log.status(id, texts.sending);
    try {
      for (const [n, file] of files.entries()) {
        refs[n] ??= await upload(file, page.token, (done) => (bars[n].value = done), stop.signal);
        bars[n].value = 1;
      }
    } catch (status) {
      if (!stop.signal.aborted) failed(status);
      return;
    }
    bars.forEach((bar) => bar.remove());
    outgoing.push({ id, files: files.map(({ name, type, size }, n) => ({ ref: refs[n], name, mime: type, size })) });
  };
  const failed = (status) => {
    if (status === 401 || status === 403) page.refused();
    const isTooLarge = status === 413;
    const text = isTooLarge ? fill(texts.too_large, { mb: megabytes(mostBytes) }) : texts.not_sent;
    const cancel = [texts.cancel, () => (stop.abort(), log.drop(id))];
    log.status(id, text, isTooLarge ? [cancel] : [[texts.again, attempt], cancel]);
  };
  attempt();
}

function megabytes(bytes) {
  return bytes / 1024 / 1024;
}

/** Why a file cannot be taken, as the key of a text; empty if it can. */
function problem(file, most) {
  if (!file.size) return "empty_file";
  if (file.size > most) return "too_large";
  return TAKEN.includes(file.type) ? "" : "wrong_kind";
}

/** The file, or a smaller JPEG of a large photo. */
export async function lighter(file) {
  const isPhoto = file.type.startsWith("image/");
  if (!isPhoto || (file.size < LARGE && TAKEN.includes(file.type))) return file;
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.88));
    if (!blob || (blob.size >= file.size && TAKEN.includes(file.type))) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return file;
  }
}

/** Sends the file; returns its reference. Rejects with the HTTP status, 0 for a lost connection. */
async function upload(file, token, onProgress, signal) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(file, token, onProgress, signal);
    } catch (status) {
      if (signal.aborted || attempt === TRIES || (status && status < 500)) throw status;
      await new Promise((done) => setTimeout(done, attempt * 1500));
    }
  }
}

function once(file, token, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/chat/file");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.setRequestHeader("x-motcua-token", token);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () =>
      request.status === 201 ? resolve(JSON.parse(request.response).ref) : reject(request.status);
    request.onerror = request.onabort = () => reject(0);
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
