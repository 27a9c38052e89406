// What pages gain when scripts run: copy buttons, times in the reader's own zone. Nothing depends on it.
(function () {
  "use strict";

  const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
  const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

  function localTimes(root) {
    root.querySelectorAll("time[datetime]").forEach(function (element) {
      const moment = new Date(element.dateTime);
      if (isNaN(moment)) return;
      element.title = element.dateTime;
      if (element.dataset.form === "date") element.textContent = dateOnly.format(moment);
      if (element.dataset.form === "full") element.textContent = dateAndTime.format(moment);
    });
  }

  function copyButtons(root) {
    if (!navigator.clipboard) return;
    root.querySelectorAll("button[data-copy]").forEach(function (button) {
      button.hidden = false;
    });
  }

  async function copy(button) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    await navigator.clipboard.writeText(source.textContent.trim());
    button.classList.add("copied");
    const before = button.getAttribute("aria-label");
    button.setAttribute("aria-label", "Copied");
    setTimeout(function () {
      button.classList.remove("copied");
      button.setAttribute("aria-label", before);
    }, 1500);
  }

  function prepare(root) {
    localTimes(root);
    copyButtons(root);
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-copy]");
    if (button) copy(button);
    document.querySelectorAll("details.who[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.who[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("DOMContentLoaded", function () {
    prepare(document);
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    prepare(document);
    // a new page: readers of screens begin at its content
    if (event.target === document.body && !document.querySelector("[autofocus]")) {
      const main = document.getElementById("main");
      if (main) main.focus({ preventScroll: true });
    }
  });
})();
