// Comfort only: everything on the site can be read, sent and reached without this file.

// The language a person chose is kept, so that `/` leads to it next time.
for (const link of document.querySelectorAll("[data-language]")) {
  link.addEventListener("click", () => {
    document.cookie = `language=${link.dataset.language}; path=/; max-age=31536000; samesite=lax`;
  });
}

// Escape closes the phone's menu and puts the focus back on its button.
const menu = document.querySelector("details.menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Buttons that need a script stay hidden until there is one.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Sharing to the chat of the house: the phone's own sheet.
if (navigator.share) {
  for (const button of document.querySelectorAll("[data-share]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.share({ title: document.title, url: location.href.split("#")[0] }).catch(() => {});
    });
  }
}

// A form with mistakes: go to the list of them.
document.querySelector("[data-errors]")?.focus();

// One press, one request. The server would refuse the second one anyway.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => delete form.dataset.sent);
}

// Passkeys belong to a name: a bare network address has none. Their script comes when the button is pressed.
if (window.PublicKeyCredential && !/^[\d.:[\]]+$/.test(location.hostname)) {
  for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-failed]");
    form.hidden = false;
    window.addEventListener("pageshow", () => (form.elements.credential.value = ""));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        await (await import(form.dataset.script)).send(form);
      } catch {
        failed.hidden = false;
      }
    });
  }
}

// The explanation of a word opens by its address, without this file too. Here it leaves no trace in the
// browser's history, and Escape closes it.
for (const link of document.querySelectorAll(".term-link, .term-close")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(link.hash);
  });
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector(".term-note:target .term-close")?.click();
});

// Ticks of a guide are kept in this browser only, by page and step. A browser that keeps nothing still counts.
const guide = document.querySelector("[data-ticks]");
const steps = guide ? [...guide.querySelectorAll("li[data-tick]")] : [];
if (steps.length) {
  const key = `ticks:${guide.dataset.ticks}`;
  const bar = document.querySelector("[data-ticks-bar]");
  const [words, progress, clear] = bar.children;
  let done = new Set();
  try {
    done = new Set(JSON.parse(localStorage.getItem(key)));
  } catch {
    // private windows, or something else wrote there
  }
  const boxes = steps.map((step) => {
    const label = document.querySelector("[data-ticks-box]").content.firstElementChild.cloneNode(true);
    const name = step.querySelector(".step-title");
    if (name) {
      name.id ||= `step-${step.dataset.tick}`;
      label.firstElementChild.setAttribute("aria-describedby", name.id);
    }
    step.append(label);
    return label.firstElementChild;
  });
  const show = () => {
    const ticked = steps.filter((step, place) => {
      boxes[place].checked = done.has(step.dataset.tick);
      step.classList.toggle("is-done", boxes[place].checked);
      return boxes[place].checked;
    }).length;
    words.textContent = words.dataset.words.replace("{done}", ticked).replace("{total}", steps.length);
    progress.value = ticked / steps.length;
    clear.disabled = !ticked;
  };
  const keep = () => {
    try {
      if (done.size) localStorage.setItem(key, JSON.stringify([...done]));
      else localStorage.removeItem(key);
    } catch {
      // full or forbidden: the ticks last as long as the page
    }
    show();
  };
  boxes.forEach((box, place) => {
    box.addEventListener("change", () => {
      done[box.checked ? "add" : "delete"](steps[place].dataset.tick);
      keep();
    });
  });
  clear.addEventListener("click", () => {
    done.clear();
    keep();
    boxes[0].focus();
  });
  bar.hidden = false;
  show();
}
