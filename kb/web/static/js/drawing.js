// Dragging by a handle: with a mouse, a pen or a finger; Escape cancels. The handle is only for pointer users. The same
// actions have buttons too, so the handle is hidden from assistive technology.

const EDGE = 0.15; // of the height of the window: closer to its ends than this, the page scrolls
const FASTEST = 18; // pixels per frame

// Returns the handle of `drawn`. `find` returns the drop target of a point, given the element there and the y position:
// the element to mark and the side of it, or null. `drop` is called with the target where `drawn` was released.
export function handle(drawn, words, { name, find, drop }) {
  const made = document.createElement("span");
  made.className = "handle no-print";
  made.dataset.handle = "";
  made.title = words;
  made.setAttribute("aria-hidden", "true");
  made.textContent = "⋮⋮";
  made.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault(); // else text is selected
    made.setPointerCapture(event.pointerId);
    follow(made, drawn, { name, find, drop });
  });
  return made;
}

function follow(held, drawn, { name, find, drop }) {
  const end = new AbortController();
  const { signal } = end;
  const label = document.createElement("p");
  let at = null;
  let place = null;

  function look() {
    const room = document.documentElement.clientWidth - label.offsetWidth - 24;
    label.style.transform = `translate(${Math.max(0, Math.min(at.x, room))}px, ${at.y}px)`;
    mark(null);
    place = find(document.elementFromPoint(at.x, at.y), at.y);
    mark(place);
  }

  function move({ clientX, clientY }) {
    if (!at) {
      drawn.dataset.drawn = "";
      label.className = "drawn";
      label.setAttribute("aria-hidden", "true");
      label.textContent = name;
      document.body.append(label);
      requestAnimationFrame(scroll);
    }
    at = { x: clientX, y: clientY };
    look();
  }

  // Scrolls the page while dragging, as the user cannot turn a wheel or swipe.
  function scroll() {
    if (signal.aborted) return;
    const by = pace(at.y);
    if (by) {
      window.scrollBy({ top: by, behavior: "instant" });
      look();
    }
    requestAnimationFrame(scroll);
  }

  function stop() {
    end.abort();
    label.remove();
    delete drawn.dataset.drawn;
    mark(null);
  }

  held.addEventListener("pointermove", move, { signal });
  held.addEventListener(
    "pointerup",
    () => {
      stop();
      if (place) drop(place);
    },
    { signal },
  );
  held.addEventListener("pointercancel", stop, { signal });
  held.addEventListener("lostpointercapture", stop, { signal });
  document.addEventListener("keydown", (event) => event.key === "Escape" && stop(), { signal });
}

function pace(y) {
  const edge = window.innerHeight * EDGE;
  if (y < edge) return -FASTEST * Math.min(1, (edge - y) / edge);
  const below = y - (window.innerHeight - edge);
  return below > 0 ? FASTEST * Math.min(1, below / edge) : 0;
}

function mark(place) {
  for (const each of document.querySelectorAll("[data-drop]")) delete each.dataset.drop;
  if (place) place.element.dataset.drop = place.side;
}
