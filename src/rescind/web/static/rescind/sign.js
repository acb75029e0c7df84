// A pad to draw a signature on; the picture goes along with the form. Nothing is sent before.
const pad = document.getElementById("pad");
const sheet = pad.querySelector("canvas");
const pen = sheet.getContext("2d");
const drawn = document.getElementById("drawn");
let down = false;

function place(event) {
  const box = sheet.getBoundingClientRect();
  return [(event.clientX - box.left) * sheet.width / box.width,
    (event.clientY - box.top) * sheet.height / box.height];
}

pad.hidden = false;
pen.lineWidth = 2.5;
pen.lineCap = "round";
sheet.addEventListener("pointerdown", (event) => {
  down = true;
  sheet.setPointerCapture(event.pointerId);
  pen.beginPath();
  pen.moveTo(...place(event));
});
sheet.addEventListener("pointermove", (event) => {
  if (!down) return;
  pen.lineTo(...place(event));
  pen.stroke();
});
sheet.addEventListener("pointerup", () => {
  down = false;
  drawn.value = sheet.toDataURL("image/png");
});
pad.querySelector("button").addEventListener("click", () => {
  pen.clearRect(0, 0, sheet.width, sheet.height);
  drawn.value = "";
});
