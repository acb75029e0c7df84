// A signature drawn on the page: kept as a picture when the pen is lifted.
document.querySelectorAll(".draw").forEach((field) => {
  const canvas = field.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const kept = field.querySelector("input");
  const choice = document.getElementById("all.signed");
  const file = document.getElementById("picture");
  let isDown = false;
  field.hidden = false;
  pen.lineWidth = 4;
  pen.lineCap = "round";
  pen.strokeStyle = "#10245a";
  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * canvas.width) / box.width,
      ((event.clientY - box.top) * canvas.height) / box.height,
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isDown) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  canvas.addEventListener("pointerup", () => {
    isDown = false;
    kept.value = canvas.toDataURL("image/png");
    choice.value = "drawn";
    kept.dispatchEvent(new Event("change", { bubbles: true }));
  });
  file.addEventListener("change", () => {
    if (file.value) choice.value = "drawn";
  });
  choice.addEventListener("change", () => {
    if (choice.value !== "drawn") kept.value = file.value = "";
  });
  field.querySelector("button").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  });
});
