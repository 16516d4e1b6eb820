// A form whose answer takes a while says so on its button, and is sent once.
export function busyForms(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-busy]")) {
    const said = button.textContent;
    button.form?.addEventListener("submit", () => {
      button.textContent = button.dataset.busy ?? said;
      button.setAttribute("aria-disabled", "true");
    });
    button.addEventListener("click", (event) => {
      if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    });
    window.addEventListener("pageshow", () => {
      button.textContent = said;
      button.removeAttribute("aria-disabled");
    });
  }
}
