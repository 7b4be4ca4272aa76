// Cards to sort into buckets: the card in hand on the desk, buckets as columns below it.
// Moves show at once and are then confirmed by Python; `moves` holds those not confirmed yet.
// Returns { render, destroy } for the widget called `name`.
const oklSorting = (ui, name) => {
  const { h } = okl;
  let sitting = null;
  let hand = null; // the card of the pile that is shown
  let chosen = null; // the placed card that is about to be moved
  let roving = null; // the placed card that Tab reaches
  let asking = false; // "Start again?" is open
  let drag = null;
  let dropped = -1000; // when a drag ended
  const open = new Set(); // cards whose reason is open
  const moves = new Map(); // card -> { bucket or null, ack }

  // -- where things lie --------------------------------------------------------------------------

  const now = () => {
    const view = ui.view;
    for (const [card, move] of moves) if (ui.settled(move.ack)) moves.delete(card);
    const placed = new Map(view.placed);
    for (const [card, { bucket }] of moves) {
      placed.delete(card);
      if (bucket !== null) placed.set(card, bucket);
    }
    const cards = new Map(view.cards.map((c) => [c.id, c]));
    const pile = view.cards.filter((c) => !placed.has(c.id)).map((c) => c.id);
    const inBucket = (id) => [...placed].filter(([, b]) => b === id).map(([c]) => c);
    const outcome = (id) => (moves.has(id) ? null : view.outcomes[id] || null);
    return { view, placed, cards, pile, inBucket, outcome };
  };

  const label = (bucket) => ui.view.buckets.find((b) => b.id === bucket)?.label;
  const bucketAt = (key) => ui.view.buckets[Number(key) - 1]?.id;

  const afterHand = (pile, gone) => {
    const at = pile.indexOf(gone);
    const rest = pile.filter((c) => c !== gone);
    return rest.length ? rest[Math.min(at, rest.length - 1)] : null;
  };

  // -- moves -------------------------------------------------------------------------------------

  const place = (card, bucket, how) => {
    const { pile, placed, cards, outcome } = now();
    if (!card || !bucket || outcome(card)?.correct) return;
    if (placed.get(card) === bucket) { chosen = null; ui.redraw(); return; }
    const fromPile = pile.includes(card);
    const next = fromPile ? afterHand(pile, card) : hand;
    const ack = ui.send("place", { card, bucket, seconds: ui.stopwatch.lap() });
    moves.set(card, { bucket, ack });
    const left = now().pile.length;
    const coming = fromPile && next && how !== "key" ? ` Next card: ${cards.get(next).text}` : ""; // with a key, focus goes there
    ui.announce(`${fromPile ? "Placed in" : "Moved to"} ${label(bucket)}. ${left ? `${left} left.${coming}` : "All cards are placed."}`);
    chosen = null;
    if (fromPile) {
      hand = next;
      if (how === "key") ui.focus(next ? "hand" : "check");
    } else if (how !== "drag") {
      roving = card;
      ui.focus(card);
    }
    ui.redraw();
  };

  const takeBack = (card) => {
    const { placed, outcome } = now();
    if (!placed.has(card) || outcome(card)?.correct) return;
    moves.set(card, { bucket: null, ack: ui.send("take_back", { card }) });
    ui.announce(`Back on the pile. ${now().pile.length} left.`);
    chosen = null;
    hand = card;
    ui.focus("hand");
    ui.redraw();
  };

  const browse = (step) => {
    const { pile } = now();
    if (pile.length < 2) return;
    hand = pile[(pile.indexOf(hand) + step + pile.length) % pile.length];
    ui.redraw();
  };

  // -- keys --------------------------------------------------------------------------------------

  const take = (event) => { event.preventDefault(); event.stopPropagation(); };
  const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

  const handKeys = (event) => {
    if (!plain(event)) return;
    const { view, inBucket } = now();
    if (bucketAt(event.key)) { take(event); place(hand, bucketAt(event.key), "key"); return; }
    if (event.key === "ArrowRight") { take(event); browse(1); ui.focus("hand"); ui.redraw(); }
    if (event.key === "ArrowLeft") { take(event); browse(-1); ui.focus("hand"); ui.redraw(); }
    if (event.key === "ArrowDown") {
      const first = view.buckets.flatMap((b) => inBucket(b.id))[0];
      if (first) { take(event); roving = first; ui.focus(first); ui.redraw(); }
    }
  };

  const placedKeys = (card) => (event) => {
    if (!plain(event)) return;
    const { view, placed, inBucket } = now();
    if (bucketAt(event.key)) { take(event); place(card, bucketAt(event.key), "key"); return; }
    if (["0", "Backspace", "Delete"].includes(event.key)) { take(event); takeBack(card); return; }
    if (event.key === "Escape" && chosen) { take(event); chosen = null; ui.redraw(); return; }
    const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (!step) return;
    take(event);
    const columns = view.buckets.map((b) => inBucket(b.id));
    const at = view.buckets.findIndex((b) => b.id === placed.get(card));
    let target = null;
    if (step[0] === 0) {
      const row = columns[at].indexOf(card) + step[1];
      target = row < 0 ? "hand" : columns[at][row];
    } else {
      for (let c = at + step[0]; c >= 0 && c < columns.length && !target; c += step[0]) {
        target = columns[c][Math.min(columns[at].indexOf(card), columns[c].length - 1)];
      }
    }
    if (!target) return;
    if (target !== "hand") roving = target;
    ui.focus(target);
    ui.redraw();
  };

  // -- dragging with mouse or pen (a finger taps, so that it can scroll) ---------------------------

  const startDrag = (card) => (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || now().outcome(card)?.correct) return;
    const el = event.currentTarget;
    drag = { card, el, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, over: null };
    el.setPointerCapture(event.pointerId);
  };

  const lift = () => {
    const box = drag.el.getBoundingClientRect();
    const ghost = document.createElement("div");
    ghost.className = `okl okl-${name} okl-ghost`;
    ghost.dataset.theme = ui.root.dataset.theme;
    ghost.setAttribute("aria-hidden", "true");
    ghost.textContent = now().cards.get(drag.card).text;
    ghost.style.width = `${Math.min(box.width, 340)}px`;
    document.body.append(ghost); // fixed positions are relative to the page only from there
    drag.ghost = ghost;
    ui.root.classList.add("okl-dragging");
    drag.el.classList.add("okl-lifted");
  };

  const dropAt = (x, y) => [...ui.root.querySelectorAll("[data-drop]")].find((el) => {
    const r = el.getBoundingClientRect();
    return x >= r.left && x <= r.right && y >= r.top && y <= r.bottom;
  });

  const scrollerOf = (el) => {
    for (let at = el.parentElement; at; at = at.parentElement) {
      if (at.scrollHeight > at.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
    }
    return document.scrollingElement;
  };

  const moveDrag = (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
      lift();
    }
    drag.ghost.style.transform = `translate(${event.clientX - 24}px, ${event.clientY - 20}px)`;
    const edge = event.clientY > innerHeight - 48 ? 14 : event.clientY < 48 ? -14 : 0;
    if (edge) scrollerOf(ui.root).scrollTop += edge;
    const over = dropAt(event.clientX, event.clientY);
    if (over === drag.over) return;
    drag.over?.classList.remove("okl-over");
    over?.classList.add("okl-over");
    drag.over = over;
  };

  const endDrag = (event) => {
    if (!drag || (event && event.pointerId !== drag.id)) return;
    const { card, el, ghost, over } = drag;
    drag = null;
    if (!ghost) return;
    ghost.remove();
    over?.classList.remove("okl-over");
    el.classList.remove("okl-lifted");
    ui.root.classList.remove("okl-dragging");
    dropped = performance.now();
    if (!event || event.type !== "pointerup" || !over) return;
    if (over.dataset.drop === "pile") takeBack(card);
    else place(card, over.dataset.drop, "drag");
  };

  // the click that follows a drop is not a tap
  const tap = (fn) => (event) => { if (event.timeStamp - dropped > 250) fn(event); };

  const dragProps = (card) => ({
    onpointerdown: startDrag(card), onpointermove: moveDrag, onpointerup: endDrag, onpointercancel: endDrag,
  });

  // -- drawing -----------------------------------------------------------------------------------

  const cardText = (card) => [
    h("span", { class: "okl-card-text" }, card.text),
    card.context ? h("span", { class: "okl-card-context" }, card.context) : null,
    card.industry ? h("span", { class: "okl-chip" }, card.industry) : null,
  ];

  const drawStack = ({ view, pile, cards }) =>
    h("div", { class: "okl-stack-of-cards" },
      // all cards lie in one grid cell, so the tallest one sets the height and nothing jumps
      view.cards.map((c) => h("div", { key: `g-${c.id}`, class: "okl-card okl-spacer", "aria-hidden": "true" }, cardText(c))),
      hand
        ? h("button", {
            key: `h-${hand}`, type: "button", class: `okl-card okl-in-hand${pile.length > 1 ? " okl-more" : ""}`, focusKey: "hand",
            "aria-describedby": `${ui.id}-keys`, onkeydown: handKeys, ...dragProps(hand),
            onclick: tap(() => ui.announce(`Press ${view.buckets.map((b, i) => `${i + 1} for ${b.label}`).join(", ")}.`)),
          }, cardText(cards.get(hand)))
        : h("div", { key: "none", class: "okl-card okl-none" },
            h("p", null, h("b", null, "All cards are placed.")),
            h("p", null, "Look them over. Then check.")));

  const drawResult = ({ view }) =>
    h("div", { class: "okl-result", tabindex: "-1", focusKey: "result", "data-focus-home": true },
      h("p", { class: "okl-result-line" }, view.result.line),
      h("p", null, view.result.next),
      view.result.ideas.length
        ? h("ul", { class: "okl-ideas okl-plain" }, view.result.ideas.map((idea) =>
            h("li", { key: idea.id }, okl.disclosure({
              label: idea.words, open: open.has(idea.id), focusKey: idea.id,
              ontoggle: () => { if (!open.delete(idea.id)) open.add(idea.id); ui.redraw(); },
            }, h("p", null, idea.repair)))))
        : null);

  const drawControls = (state) => {
    const { view, pile } = state;
    const total = view.cards.length;
    const changed = view.changed.length;
    const done = view.result?.done;
    return h("div", { class: "okl-controls" },
      okl.progress({ value: total - pile.length, max: total, label: `${total - pile.length} of ${total} placed` }),
      done
        ? okl.button({ key: "again", label: "Start again", focusKey: "again", onclick: () => ui.send("again") })
        : okl.button({
            key: "check", kind: "primary", focusKey: "check", disabled: !view.canCheck,
            label: !view.result ? (pile.length ? `Check (${pile.length} left)` : "Check")
              : changed ? `Check ${changed} again` : "Check again",
            onclick: () => { chosen = null; asking = false; ui.send("check"); },
          }),
      pile.length > 1 ? h("div", { class: "okl-steps" },
        okl.button({ label: ["Previous", h("span", { class: "okl-hidden" }, " card")], class: "okl-step", icon: h("span", { "aria-hidden": "true" }, "‹"), onclick: () => browse(-1) }),
        okl.button({ label: ["Next", h("span", { class: "okl-hidden" }, " card")], class: "okl-step okl-step-next", icon: h("span", { "aria-hidden": "true" }, "›"), onclick: () => browse(1) }))
        : null);
  };

  const drawFoot = ({ view, pile }) => [
    // the board is long: who moved the last card need not go back to its top
    view.canCheck && view.result ? h("div", { key: "check-too", class: "okl-check-too" }, okl.button({
      kind: "primary", label: `Check ${view.changed.length || view.cards.length - pile.length} again`, focusKey: "check-too",
      onclick: () => { chosen = null; asking = false; ui.send("check"); ui.focus("result"); },
    })) : null,
    h("p", { key: "keys", id: `${ui.id}-keys`, class: "okl-muted okl-small" },
      "Click or tap a box, drag the card there, or press the box's number. Arrows go from card to card, Enter chooses a placed card, 0 puts it back on the pile."),
    view.result?.done || pile.length === view.cards.length ? null
      : asking ? h("div", { key: "asking", class: "okl-asking", role: "group", "aria-label": "Start again?" },
          h("p", null, "Put all cards back and shuffle them? What was checked stays in your record."),
          okl.button({ label: "Shuffle", focusKey: "yes", onclick: () => { asking = false; ui.send("again"); ui.redraw(); } }),
          okl.button({ label: "Keep sorting", focusKey: "no", onclick: () => { asking = false; ui.focus("again"); ui.redraw(); } }))
      : okl.button({ key: "again", kind: "quiet", label: "Start again", focusKey: "again",
          onclick: () => { asking = true; ui.focus("no"); ui.redraw(); } }),
  ];

  const drawBucketButtons = ({ view, outcome, placed }) => {
    const subject = hand || chosen;
    return h("div", { class: "okl-into", role: "group", "aria-label": hand ? "Put the card into" : "Move the chosen card to" },
      view.buckets.map((b, i) => {
        const idle = !subject || outcome(subject)?.correct || placed.get(subject) === b.id;
        return h("button", {
          key: b.id, type: "button", class: `okl-button okl-bucket-button${idle ? " okl-idle" : ""}`, "data-drop": b.id,
          "aria-disabled": idle ? "true" : null, focusKey: `b-${b.id}`,
          onkeydown: (event) => {
            if (plain(event) && bucketAt(event.key)) { take(event); place(hand, bucketAt(event.key), "button"); }
          },
          onclick: () => { if (!idle) place(subject, b.id, "button"); },
        },
          okl.roleMark(b.role), h("span", { class: "okl-bucket-name" }, b.label),
          h("kbd", { "aria-hidden": "true" }, i + 1));
      }));
  };

  const drawPlaced = (state, id) => {
    const { view, cards, outcome, placed } = state;
    const card = cards.get(id);
    const told = outcome(id);
    const isChosen = chosen === id;
    const moved = view.changed.includes(id);
    const mark = told ? (told.correct ? "okl-is-right" : "okl-is-wrong") : "";
    return h("li", { key: id, class: `okl-placed ${mark}${isChosen ? " okl-chosen" : ""}${told && open.has(id) ? " okl-open" : ""}` },
      h("button", {
        type: "button", class: "okl-card okl-small-card", focusKey: id, tabindex: roving === id ? "0" : "-1",
        "aria-pressed": told?.correct ? null : isChosen, onkeydown: placedKeys(id), ...dragProps(id),
        onfocus: () => { roving = id; },
        onclick: tap(() => {
          roving = id;
          if (!told?.correct) chosen = isChosen ? null : id;
          else if (!open.delete(id)) open.add(id);
          ui.redraw();
        }),
      }, cardText(card)),
      told || moved ? h("div", { class: "okl-marked" },
        told ? okl.verdict(told.correct) : h("span", { class: "okl-moved" }, h("span", { "aria-hidden": "true" }, "↻ "), "Moved"),
        told ? h("button", {
          type: "button", class: "okl-button okl-quiet okl-why", "aria-expanded": open.has(id), focusKey: `why-${id}`,
          onclick: () => { if (!open.delete(id)) open.add(id); ui.redraw(); },
        }, h("span", { class: "okl-caret", "aria-hidden": "true" }, open.has(id) ? "▾" : "▸"),
          h("span", null, "Why", h("span", { class: "okl-hidden" }, `: ${card.text}`))) : null) : null,
      told && open.has(id) ? h("div", { class: "okl-reason" }, okl.reason(told)) : null,
      isChosen ? h("div", { class: "okl-moves", role: "group", "aria-label": "Move this card" },
        view.buckets.map((b, i) => b.id === placed.get(id) ? null
          : h("button", { key: b.id, type: "button", class: "okl-button", onclick: () => place(id, b.id, "button") },
            okl.roleMark(b.role), h("span", null, `To ${b.label}`), h("kbd", { "aria-hidden": "true" }, i + 1))),
        okl.button({ key: "pile", label: "Back to the pile", onclick: () => takeBack(id), icon: null })) : null);
  };

  const drawBucket = (state) => (b) => {
    const ids = state.inBucket(b.id);
    return h("section", {
      key: b.id, class: `okl-bucket ${b.role ? `okl-role-${b.role}` : ""}`, "data-drop": b.id, "aria-label": b.label,
      onclick: (event) => {
        if (event.target === event.currentTarget && chosen) place(chosen, b.id, "button");
      },
    },
      h("p", { class: "okl-bucket-head" }, okl.roleMark(b.role), h("b", null, b.label),
        h("span", { class: "okl-muted" }, okl.plural(ids.length, "card"))),
      ids.length
        ? h("ul", { class: "okl-plain" }, ids.map((id) => drawPlaced(state, id)))
        : h("p", { class: "okl-muted okl-nothing" }, "No card yet."));
  };

  return {
    render() {
      const state = now();
      const { view, pile, placed } = state;
      if (view.sitting !== sitting) {
        if (sitting !== null) ui.focus("hand");
        sitting = view.sitting;
        hand = chosen = roving = null;
        asking = false;
        open.clear();
        ui.stopwatch.lap();
      }
      if (!pile.includes(hand)) hand = pile[0] ?? null;
      if (!placed.has(roving)) roving = view.buckets.flatMap((b) => state.inBucket(b.id))[0] ?? null;
      if (!placed.has(chosen)) chosen = null;
      return [
        h("div", { key: "head", class: "okl-head-words" },
          h("p", { class: "okl-title" }, view.question),
          h("p", { class: "okl-muted" }, view.intro)),
        h("div", { key: "desk", class: "okl-desk", "data-drop": "pile" },
          view.result && !pile.length ? drawResult(state) : drawStack(state), drawControls(state)),
        h("div", { key: "table", class: `okl-table okl-n${view.buckets.length}` },
          drawBucketButtons(state), h("div", { class: "okl-buckets" }, view.buckets.map(drawBucket(state)))),
        h("div", { key: "foot", class: "okl-foot" }, drawFoot(state)),
      ];
    },
    destroy() { endDrag(null); },
  };
};
