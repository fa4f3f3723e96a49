// Files on their way to the server: looked at, made smaller if they are large photos, sent with progress.

const TAKEN = ["image/jpeg", "image/png", "application/pdf"];
const LARGE = 2.5e6;
const LONGEST_SIDE = 2600; // an A4 page at this size is still read easily
const TRIES = 3;

/** Why a file cannot be taken, as the key of a text; empty if it can. */
export function problem(file, most) {
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
export async function upload(file, token, onProgress, signal) {
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
