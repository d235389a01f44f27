// Draws a chart's SVG file as a PNG, in this browser; later.js shows the button and fetches this. Without it the SVG
// file remains.

const TIMES = 2; // dots a pixel, so that a chart is sharp in print

async function picture(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The archive answered with ${response.status}.`);
  const image = new Image();
  const loaded = new Promise((resolve, reject) => {
    image.addEventListener("load", resolve);
    image.addEventListener("error", () => reject(new Error("This browser cannot draw it.")));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await response.text())}`;
  await loaded;
  const name = /filename="([^"]+)\.svg"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "chart";
  return { image, name };
}

async function save(address) {
  const { image, name } = await picture(address);
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * TIMES;
  canvas.height = image.naturalHeight * TIMES;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
  if (!blob) throw new Error("It is too large for this browser.");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${name}.png`;
  link.click();
  // Once the browser has taken it; a minute is more than it needs.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-png]");
  if (!button) return;
  const words = button.parentElement.querySelector(".png-words");
  button.disabled = true;
  words.textContent = "";
  try {
    await save(button.dataset.png);
  } catch (error) {
    words.textContent = `${error.message} The SVG file holds the same chart.`;
  }
  button.disabled = false;
});
