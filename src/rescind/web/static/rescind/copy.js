// Copies a letter's text; the button shows only where that can be done.
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
});

function show() {
  for (const button of document.querySelectorAll(".copy")) button.hidden = !navigator.clipboard;
}

show();
document.addEventListener("htmx:afterSwap", show);

// A letter that was unfolded while the letters were drawn anew stays so.
const unfolded = new Set();
document.addEventListener("htmx:beforeSwap", () => {
  unfolded.clear();
  for (const fold of document.querySelectorAll("#sheets details[id][open]")) unfolded.add(fold.id);
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
});
