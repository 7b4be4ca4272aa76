// Asking questions one at a time: what the Quiz and Study share.
// Options, cards and steps are known here by the place in which they are shown.
const oklAsking = (ui) => {
  const { h } = okl;
  const uid = Math.random().toString(36).slice(2, 8);
  let key = null; // of the question that `entry` belongs to
  let entry = {};
  let first = ""; // the text that a number field begins with
  let keepLater = null;
  const open = new Set(); // titles of the ideas that are spelled out
  let drag = null; // { from, over, y, dy }

  const SURE = [["sure", "Sure"], ["think", "I think so"], ["guess", "A guess"]];
  const SIGNS = { right: "✓", wrong: "✕", partly: "◐" };
  const WORDS = { right: "Right", wrong: "Not right", partly: "Partly right" };

  // -- sending -----------------------------------------------------------------------------------

  const send = (type, data = {}) => ui.send(type, { key, seconds: ui.stopwatch.lap(), ...data });
  const keep = () => { clearTimeout(keepLater); keepLater = null; send("enter", { entry }); };
  const change = (changes) => { entry = { ...entry, ...changes }; ui.redraw(); keep(); };
  const check = () => {
    clearTimeout(keepLater);
    send("check", { entry });
    ui.focus("go"); // what must be read next: feedback, a problem, or the next question
  };
  const next = () => { send("next"); ui.focus("stem"); };

  const follow = (view) => {
    if (view.key === key) return;
    clearTimeout(keepLater);
    key = view.key ?? null;
    drag = null;
    const question = view.question || {};
    entry = structuredClone(question.entry || {});
    if (question.steps && !entry.order) entry.order = question.steps.map((_, i) => i);
    first = entry.text || "";
  };

  // -- choosing ----------------------------------------------------------------------------------

  const tag = (state, words) => state
    ? h("span", { class: `qz-tag okl-verdict okl-${state === "right" ? "right" : "wrong"}` },
        h("span", { "aria-hidden": "true" }, state === "right" ? "✓ " : state === "missed" ? "○ " : "✕ "), words)
    : null;

  const option = ({ type, i, text, checked, told, onchange, after, why }) =>
    h("div", { class: "qz-choice", key: i },
      h("label", { class: `okl-option ${told ? "qz-still" : ""} ${after || ""}` },
        h("input", { type, name: `${uid}-${key}`, checked, disabled: told, onchange, focusKey: `option-${i}` }),
        h("span", { class: "qz-number", "aria-hidden": "true" }, i + 1),
        h("span", { class: "qz-text" }, text),
        why?.tag),
      why?.text || null);

  const oneOf = (question, outcome) => question.options.map((text, i) => {
    const mine = entry.option === i;
    const state = outcome && (outcome.right === i ? "right" : mine ? "wrong" : null);
    const words = outcome && (outcome.right === i ? (mine ? "Your answer, right" : "The right answer") : "Your answer");
    return option({
      type: "radio", i, text, checked: mine, told: Boolean(outcome),
      after: state ? `qz-is-${state}` : "", onchange: () => change({ option: i }),
      why: state ? { tag: tag(state, words) } : null,
    });
  });

  const TICKS = { right: "Ticked, right", wrong: "Ticked, not right", missed: "Right, but not ticked" };
  const someOf = (question, outcome) => question.options.map((text, i) => {
    const ticked = (entry.options || []).includes(i);
    const state = outcome?.ticks[i];
    const why = outcome?.why[i];
    return option({
      type: "checkbox", i, text, checked: ticked, told: Boolean(outcome),
      after: state ? `qz-is-${state}` : "", onchange: () => toggle(i),
      why: state ? { tag: tag(state, TICKS[state]), text: why ? h("div", { class: "qz-why", ...landing(outcome.why.findIndex(Boolean) === i) }, okl.reason(why)) : null } : null,
    });
  });
  const toggle = (i) => {
    const options = entry.options || [];
    change({ options: options.includes(i) ? options.filter((o) => o !== i) : [...options, i].sort() });
  };

  // -- cards -------------------------------------------------------------------------------------

  // Where the focus goes once the answer is in.
  const landing = (here) => (here ? { tabindex: "-1", focusKey: "go" } : {});

  const cards = (question, outcome) => [
    question.measure ? h("p", { class: "qz-measure", key: "measure" }, h("span", { class: "okl-muted" }, "The measure: "), h("b", null, question.measure)) : null,
    h("div", { class: "qz-cards", key: "cards" }, question.cards.map((card, i) => {
      const told = outcome?.cards[i];
      const placed = entry.placed?.[i];
      return h("fieldset", { key: i, class: `qz-card ${told ? (told.correct ? "qz-is-right" : "qz-is-wrong") : ""}`, "data-card": i },
        h("legend", { class: "qz-legend" }, h("span", { class: "qz-line" }, card.text), card.context ? h("span", { class: "qz-context okl-muted" }, card.context) : null),
        h("div", { class: "qz-pills" }, question.buckets.map((bucket, b) =>
          pill({ name: `${uid}-${key}-${i}`, checked: placed === b, disabled: Boolean(outcome), focusKey: `card-${i}-${b}`,
                 label: [okl.roleMark(bucket.role), bucket.label], onchange: () => place(i, b) }))),
        told ? h("div", { class: "qz-why", ...landing(i === 0) },
          h("p", null, okl.verdict(told.correct, told.correct ? "Right" : `Not this one. Here it is: ${told.expected}`)),
          okl.reason(told)) : null);
    })),
  ];
  const place = (card, bucket) => change({ placed: { ...(entry.placed || {}), [card]: bucket } });

  const pill = ({ label, ...input }) =>
    h("label", { class: "qz-pill" }, h("input", { type: "radio", ...input }), h("span", null, label));

  // -- a number ----------------------------------------------------------------------------------

  const number = (question, outcome, problem) => h("div", { class: "qz-number-row", key: "number" },
    h("label", { class: "qz-number-label" },
      h("span", null, "Your answer"),
      h("span", { class: "qz-number-field" },
        h("input", {
          class: "okl-field", type: "text", inputmode: "decimal", autocomplete: "off", maxlength: 40,
          value: first, disabled: Boolean(outcome), focusKey: problem ? "go" : "number",
          "aria-invalid": problem ? "true" : null, "aria-describedby": problem ? `${uid}-problem` : null,
          oninput: (event) => {
            entry = { text: event.target.value };
            clearTimeout(keepLater);
            keepLater = setTimeout(keep, 500);
          },
          onchange: () => { if (keepLater) keep(); },
        }),
        question.unit ? h("span", { class: "qz-unit" }, question.unit) : null)),
    outcome ? h("p", null, h("b", null, "Right would be: "), outcome.expected) : null);

  // -- a line of one's own -----------------------------------------------------------------------

  const NEAR = 100; // so many characters from the limit on, those left are told
  let grown = null; // the field that grows with its text
  const grow = () => {
    if (!grown?.isConnected) return;
    grown.style.height = "auto";
    grown.style.height = `${grown.scrollHeight + grown.offsetHeight - grown.clientHeight}px`;
  };
  const leftWords = (left) => left >= 0 ? `${okl.plural(left, "character")} left` : `${okl.plural(-left, "character")} too many`;

  const write = (question, outcome, problem) => {
    if (outcome) return h("blockquote", { class: "qz-original qz-own-line", key: "line" }, h("p", null, entry.text));
    const left = question.limit - (entry.text || "").length;
    const described = [left <= NEAR ? `${uid}-left` : null, problem ? `${uid}-problem` : null].filter(Boolean).join(" ");
    return h("div", { class: "qz-write-row", key: "line" },
      h("label", { class: "qz-write-label" },
        h("span", null, "Your line"),
        h("textarea", {
          class: "okl-field qz-write-field", rows: 2, maxlength: 2 * question.limit, spellcheck: "true", dir: "auto",
          value: first, focusKey: problem ? "go" : "line",
          "aria-invalid": problem ? "true" : null, "aria-describedby": described || null,
          init: (el) => { grown = el; requestAnimationFrame(grow); },
          oninput: (event) => {
            const before = question.limit - (entry.text || "").length;
            entry = { text: event.target.value };
            const now = question.limit - entry.text.length;
            clearTimeout(keepLater);
            keepLater = setTimeout(keep, 500);
            grow();
            if (before <= NEAR || now <= NEAR) ui.redraw();
            if (before > NEAR && now <= NEAR || before >= 0 && now < 0) ui.announce(leftWords(now));
          },
          onchange: () => { if (keepLater) keep(); },
          onkeydown: (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); event.stopPropagation(); check(); }
          },
        })),
      left <= NEAR ? h("p", { class: `okl-small ${left < 0 ? "okl-wrong" : "okl-muted"}`, id: `${uid}-left` }, leftWords(left)) : null);
  };

  const wording = (text) => h("span", { class: "qz-wording" }, `“${text}”`);
  const point = (p, i) => h("li", { class: `qz-point ${p.correct ? "qz-is-right" : "qz-is-wrong"}`, key: `p${i}` },
    h("p", null, h("span", { class: `okl-verdict okl-${p.correct ? "right" : "wrong"}` },
      h("span", { "aria-hidden": "true" }, p.correct ? "✓ " : "✕ "), h("span", { class: "okl-hidden" }, p.correct ? "Met: " : "Not met: "), `${p.label}.`), " ", p.said),
    okl.line("Why it tempts:", p.tempts),
    p.flip ? h("p", { class: "okl-line" }, h("b", null, "You could write: "), wording(p.flip)) : null,
    p.misconception ? okl.line("The idea behind it:", `“${p.misconception.title}”`) : null);
  const points = (outcome) => outcome.points ? [
    h("ul", { class: "okl-plain qz-points", key: "points" }, outcome.points.map(point)),
    outcome.advice.length ? h("div", { key: "advice", class: "qz-advice" },
      h("p", null, h("b", null, "To think about "), h("span", { class: "okl-muted" }, "(costs nothing)")),
      h("ul", { class: "qz-facts" }, outcome.advice.map((a) => h("li", null, a.words, a.flip ? [" Perhaps: ", wording(a.flip)] : null)))) : null,
    h("div", { key: "example", class: "qz-example" },
      h("p", null, h("b", null, "One way to write it: "), wording(outcome.example.text)), h("p", null, outcome.example.why)),
    outcome.contrast && h("div", { key: "contrast", class: "qz-example" },
      h("p", null, h("b", null, "And one that looks right: "), wording(outcome.contrast.text)), h("p", null, outcome.contrast.why)),
  ] : null;

  // -- an order ----------------------------------------------------------------------------------

  const move = (from, to, focus) => {
    const order = entry.order.slice();
    if (to < 0 || to >= order.length || to === from) return;
    const [step] = order.splice(from, 1);
    order.splice(to, 0, step);
    if (focus) ui.focus(focus);
    change({ order });
    ui.announce(`“${ui.view.question.steps[step]}” is now number ${to + 1} of ${order.length}.`);
  };

  const startDrag = (at) => (event) => {
    if (event.button) return;
    event.preventDefault();
    const list = event.currentTarget.closest("ol");
    drag = { from: at, over: at, dy: 0 };
    const begin = event.clientY;
    const middles = [...list.children].map((row) => {
      const box = row.getBoundingClientRect();
      return box.top + box.height / 2;
    });
    const onMove = (e) => {
      drag.dy = e.clientY - begin;
      const far = middles.map((middle) => Math.abs(e.clientY - middle));
      drag.over = far.indexOf(Math.min(...far));
      ui.redraw();
    };
    const stop = (done) => () => {
      removeEventListener("pointermove", onMove);
      removeEventListener("pointerup", drop);
      removeEventListener("pointercancel", cancel);
      removeEventListener("keydown", onKey, true);
      const { from, over } = drag || { from: 0, over: 0 };
      drag = null;
      if (done && over !== from) move(from, over);
      else ui.redraw();
    };
    const drop = stop(true);
    const cancel = stop(false);
    const onKey = (e) => { if (e.key === "Escape") { e.preventDefault(); cancel(); } };
    addEventListener("pointermove", onMove);
    addEventListener("pointerup", drop);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", onKey, true);
    ui.redraw();
  };

  const steps = (question, outcome) => {
    const last = entry.order.length - 1;
    return h("ol", { class: "qz-steps okl-plain", key: "steps" }, entry.order.map((step, at) => {
      const text = question.steps[step];
      const moved = drag?.from === at;
      const line = drag && !moved && drag.over === at ? (at > drag.from ? "qz-after" : "qz-before") : "";
      const to = (target, sign, word) => okl.button({
        label: h("span", { "aria-hidden": "true" }, sign), "aria-label": `Move ${word}: ${text}`, class: "qz-move",
        focusKey: `${word}-${step}`, disabled: target < 0 || target > last, onclick: () => move(at, target, `${word}-${step}`),
      });
      return h("li", { key: step, class: `qz-step ${moved ? "qz-dragged" : ""} ${line}`, style: moved ? { transform: `translateY(${drag.dy}px)` } : null },
        outcome ? null : h("span", { class: "qz-grip", "aria-hidden": "true", onpointerdown: startDrag(at) }, "⠿"),
        h("span", { class: "qz-place" }, `${at + 1}.`),
        h("span", { class: "qz-text" }, text),
        outcome ? null : h("span", { class: "qz-moves" }, to(at - 1, "↑", "up"), to(at + 1, "↓", "down")));
    }));
  };

  // -- a question --------------------------------------------------------------------------------

  const INPUTS = { choice: oneOf, rewrite: oneOf, choices: someOf, classify: cards, role_in_context: cards, number, order: steps, write };
  const HELP = { choices: "Tick every option that is right.", order: "Move the steps into the right order.", number: "A decimal point or a comma, as you like.", write: "One sentence or less. It is read for what it holds; which words you choose is up to you." };
  const GROUPS = { choice: "radiogroup", rewrite: "radiogroup" };

  const contextLines = (lines) => lines.length
    ? h("dl", { class: "qz-case", key: "case" }, lines.map((line) =>
        h("div", { key: line.label }, h("dt", null, line.label), h("dd", null, line.value))))
    : null;

  const confidence = (view) => h("fieldset", { class: "qz-sure", key: "sure" },
    h("legend", null, "How sure are you?", view.pretest ? null : h("span", { class: "okl-muted" }, " (if you like)")),
    h("div", { class: "qz-pills" }, SURE.map(([value, label]) =>
      pill({ name: `${uid}-${key}-sure`, checked: view.question.confidence === value, focusKey: `sure-${value}`, label,
             onchange: () => send("confidence", { value }) }))));

  const hint = (view) => {
    if (view.pretest || view.final) return null;
    const { hint: text } = view.question;
    return h("div", { class: "qz-hint", key: "hint" }, text
      ? h("div", { class: "qz-hinted", tabindex: "-1", focusKey: "hint" }, okl.line("Hint:", text), h("p", { class: "okl-muted okl-small" }, "It costs nothing. That you used it is noted with your answer."))
      : okl.button({ kind: "quiet", label: "Show a hint", class: "qz-ask", onclick: () => { send("hint"); ui.focus("hint"); } }));
  };

  const told = (view) => {
    const { outcome } = view;
    return h("div", { key: "feedback", class: `okl-feedback okl-is-${outcome.state}`, ...landing(!outcome.cards && !outcome.why?.some(Boolean)) },
      h("p", { class: "okl-head" }, sign(outcome.state, outcome.words)),
      outcome.sequence ? h("div", null, h("p", null, h("b", null, "The right order:")), h("ol", { class: "qz-sequence" }, outcome.sequence.map((text) => h("li", null, text)))) : null,
      points(outcome),
      okl.reason(outcome.feedback));
  };
  const sign = (state, words) => h("span", { class: `okl-verdict okl-${state}` }, h("span", { "aria-hidden": "true" }, SIGNS[state] + " "), words);

  const where = (view) => h("div", { class: "qz-head", key: "head" },
    h("p", { class: "qz-name okl-muted okl-small" }, view.title),
    okl.progress({ value: view.number - (view.stage === "told" ? 0 : 1), max: view.of, label: `Question ${view.number} of ${view.of}` }));

  const asked = (view) => {
    const { question, outcome, problem } = view;
    const stem = `${uid}-stem`;
    const last = view.number === view.of;
    const label = outcome ? (last ? "See the result" : "Next question") : view.pretest ? (last ? "Save and finish" : "Save and go on") : "Check";
    return h("form", { key: `form-${key}`, class: "qz-form okl-stack", novalidate: true, onkeydown: (event) => onKey(event, view),
                       onsubmit: (event) => { event.preventDefault(); (outcome ? next : check)(); } },
      where(view),
      h("div", { class: "qz-ask-block", key: "stem", tabindex: "-1", focusKey: view.pretest && !problem ? "go" : "stem" },
        contextLines(question.context),
        question.frame ? h("p", { class: "qz-frame okl-muted" }, question.frame) : null,
        h("p", { class: `qz-stem ${question.stem.length > 120 ? "qz-long" : ""}`, id: stem }, question.stem),
        HELP[question.type] && !outcome ? h("p", { class: "okl-muted okl-small" }, HELP[question.type]) : null),
      question.original ? h("blockquote", { class: "qz-original", key: "original" }, h("p", null, question.original)) : null,
      h("div", { class: `qz-input qz-${question.type}`, key: "input", role: GROUPS[question.type] || "group", "aria-labelledby": stem },
        INPUTS[question.type](question, outcome, problem)),
      outcome ? told(view) : hint(view),
      problem ? h("p", { class: "qz-problem okl-wrong", id: `${uid}-problem`, key: "problem", tabindex: "-1", focusKey: ["number", "write"].includes(question.type) ? "problem" : "go" }, problem) : null,
      h("div", { key: "actions" }, okl.actions(outcome ? saidSo(question) : confidence(view), okl.button({ kind: "primary", type: "submit", label, focusKey: "primary" }))));
  };

  const saidSo = (question) => {
    const found = SURE.find(([value]) => value === question.confidence);
    return found ? h("p", { class: "qz-said okl-muted okl-small" }, `You said: ${found[1].toLowerCase()}.`) : null;
  };

  // Number keys choose an option, or a bucket for the card that has the focus.
  const onKey = (event, view) => {
    if (view.outcome || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
    if (["text", "textarea"].includes(event.target.type) || event.target.closest(".qz-sure")) return;
    const at = Number(event.key) - 1;
    const { question } = view;
    if (question.options && at < question.options.length) {
      event.preventDefault();
      ui.focus(`option-${at}`);
      if (question.type === "choices") toggle(at);
      else change({ option: at });
    }
    const card = event.target.closest("[data-card]")?.dataset.card;
    if (question.cards && card !== undefined && at < question.buckets.length) {
      event.preventDefault();
      const onward = Number(card) + 1;
      if (onward < question.cards.length) ui.focus(`card-${onward}-${entry.placed?.[onward] ?? 0}`);
      place(Number(card), at);
    }
  };

  // -- for last pages ----------------------------------------------------------------------------

  const part = (name, title, ...kids) => h("div", { key: name, class: `qz-part qz-part-${name}`, role: "group", "aria-labelledby": `${uid}-${name}` },
    h("p", { class: "qz-part-title", id: `${uid}-${name}` }, title), kids);

  const marks = (states) => h("ol", { class: "qz-marks okl-plain", "aria-label": "Your answers" }, states.map((state, i) =>
    h("li", { class: `qz-mark qz-mark-${state}` }, h("span", { class: "okl-hidden" }, `Question ${i + 1}: ${WORDS[state]}`),
      h("span", { "aria-hidden": "true" }, `${i + 1} ${SIGNS[state]}`))));

  const ideas = (found) => part("ideas", "Ideas to look at again", h("ul", { class: "okl-plain qz-ideas" }, found.map((m) =>
    h("li", null,
      h("p", null, h("b", null, `“${m.title}”`), h("span", { class: "okl-muted" }, ` came up ${m.times === 1 ? "once" : m.times === 2 ? "twice" : `${m.times} times`}.`)),
      m.lesson ? h("p", { class: "okl-muted" }, `Repaired in ${m.lesson}.`) : null,
      m.repair ? okl.disclosure({
        label: "What to think instead", open: open.has(m.title), focusKey: `idea-${m.title}`, class: "qz-more",
        ontoggle: () => { if (!open.delete(m.title)) open.add(m.title); ui.redraw(); },
      }, h("p", null, m.explanation), okl.line("Instead:", m.repair)) : null))));

  return {
    uid,
    part,
    marks,
    ideas,
    /** The page of the current question; call it in every render. */
    asked(view) { follow(view); return view.question ? asked(view) : null; },
    destroy() { clearTimeout(keepLater); },
  };
};
