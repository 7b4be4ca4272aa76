// Cases and own rows as cards with fields. What is typed is shown from `typed` until Python has it,
// so that an answer that arrives while somebody types never takes letters back.
const okrlabExercise = (() => {
  const { h, button, actions, verdict, reason, line, disclosure, roleMark, plural } = okl;

  const SEND_AFTER = 500; // ms after the last key
  const PILLS = 4; // more options become a drop-down list

  const setup = (ui) => {
    const uid = Math.random().toString(36).slice(2, 8);
    const typed = new Map(); // "section/row/field" -> { value, ack, timer }
    const opened = new Map(); // what the learner opened or closed by hand
    let hint = false;
    let lastTries = ui.view.result?.tries ?? 0;
    let checking = false; // whether this browser pressed Check
    let known = new Set((ui.view.rows || []).map((row) => row.id));

    // -- typing ------------------------------------------------------------------------------------

    const place = (section, row, field) => `${section}/${row ?? ""}/${field}`;

    const current = (section, row, field, kept) => typed.get(place(section, row, field))?.value ?? kept ?? "";

    const flush = (key) => {
      const entry = typed.get(key);
      if (!entry || entry.ack) return;
      clearTimeout(entry.timer);
      const [section, row, field] = key.split("/");
      entry.ack = ui.send("edit", { section, row, field, value: entry.value });
    };
    const flushAll = () => { for (const key of typed.keys()) flush(key); };

    const type = (section, row, field, value, now) => {
      const key = place(section, row, field);
      clearTimeout(typed.get(key)?.timer);
      const entry = { value, ack: null, timer: null };
      typed.set(key, entry);
      if (now) flush(key);
      else entry.timer = setTimeout(() => { flush(key); }, SEND_AFTER);
      if (now) ui.redraw();
    };

    const forget = () => {
      for (const [key, entry] of typed) if (entry.ack && ui.settled(entry.ack)) typed.delete(key);
    };

    // -- fields ------------------------------------------------------------------------------------

    const input = (field, value, at, describedby) => {
      const [section, row] = at;
      const id = `${uid}-${section}-${row ?? "all"}-${field.id}`;
      const props = {
        id, class: "okl-field", value, focusKey: id, "aria-describedby": describedby,
        onblur: () => flush(place(section, row, field.id)),
        oninput: (event) => type(section, row, field.id, event.currentTarget.value, false),
        maxlength: 400, autocomplete: "off",
      };
      const labelled = h("label", { class: "okl-ex-label", for: id }, field.label,
        field.unit ? h("span", { class: "okl-muted" }, ` (${field.unit})`) : null);
      const help = field.help ? h("p", { class: "okl-ex-help", id: `${id}-help` }, field.help) : null;
      if (field.help) props["aria-describedby"] = [`${id}-help`, describedby].filter(Boolean).join(" ");
      if (field.kind === "long") return [labelled, help, h("textarea", { ...props, rows: 3 })];
      if (field.kind === "date") {
        return [labelled, help, h("input", { ...props, type: "date", maxlength: null, onchange: props.oninput })];
      }
      if (field.kind === "number") return [labelled, help, h("input", { ...props, type: "text", inputmode: "decimal", class: "okl-field okl-ex-number" })];
      return [labelled, help, h("input", { ...props, type: "text" })];
    };

    const dropDown = (field, value, at, describedby) => {
      const [section, row] = at;
      const id = `${uid}-${section}-${row ?? "all"}-${field.id}`;
      return [
        h("label", { class: "okl-ex-label", for: id }, field.label),
        field.help ? h("p", { class: "okl-ex-help" }, field.help) : null,
        h("select", {
          id, class: "okl-field", value, focusKey: id, "aria-describedby": describedby,
          onchange: (event) => type(section, row, field.id, event.currentTarget.value, true),
        },
        h("option", { value: "" }, "Choose…"),
        field.options.map((option) => h("option", { key: option.id, value: option.id }, option.label))),
      ];
    };

    const pills = (field, value, at, describedby) => {
      const [section, row] = at;
      const name = `${uid}-${section}-${row ?? "all"}-${field.id}`;
      return h("fieldset", { class: "okl-ex-pills", "aria-describedby": describedby },
        h("legend", { class: "okl-ex-label" }, field.label),
        field.help ? h("p", { class: "okl-ex-help" }, field.help) : null,
        h("div", { class: "okl-ex-row" }, field.options.map((option) =>
          h("label", { key: option.id, class: "okl-ex-pill" },
            h("input", {
              type: "radio", name, value: option.id, checked: value === option.id,
              focusKey: `${name}-${option.id}`,
              onchange: () => type(section, row, field.id, option.id, true),
            }),
            roleMark(option.role), h("span", null, option.label)))));
    };

    const control = (field, value, at, describedby) => {
      if (!field.options.length) return input(field, value, at, describedby);
      return (field.options.length <= PILLS ? pills : dropDown)(field, value, at, describedby);
    };

    // -- results -----------------------------------------------------------------------------------

    const isOpen = (key, first) => opened.get(key) ?? first;
    const toggle = (key, first) => () => { opened.set(key, !isOpen(key, first)); ui.redraw(); };

    // The outcome of one cell: a wrong one says why at once, a right one when asked.
    const cellResult = (result, key, id) => {
      if (!result) return null;
      if (result.correct) {
        return h("div", { key: "result", id, class: "okl-ex-result" },
          verdict(true),
          result.cue || result.flip
            ? disclosure({ label: "Why", open: isOpen(key, false), ontoggle: toggle(key, false), focusKey: `why-${key}` }, reason(result))
            : null);
      }
      const words = result.given ? "Not this one" : "Open";
      return h("div", { key: "result", id, class: "okl-feedback okl-is-wrong" },
        h("p", { class: "okl-head" }, verdict(false, words)),
        result.expected ? line("Right here:", result.expected) : null,
        result.given ? reason(result) : h("p", null, result.tempts));
    };

    const question = (part, index) => {
      if (part.field === "role") {
        return h("div", { key: `q${index}`, class: `okl-feedback ${part.correct ? "okl-is-right" : "okl-is-wrong"}` },
          h("p", { class: "okl-head" }, verdict(part.correct, part.correct ? "Follows from your facts" : "Does not follow from your facts")),
          part.correct ? null : line("From your facts it follows:", part.expected),
          reason(part));
      }
      return h("p", { key: `q${index}`, class: part.correct ? "okl-ex-advice" : "okl-ex-ask" },
        h("span", { "aria-hidden": "true" }, "? "),
        part.advice ? h("span", { class: "okl-muted" }, "Think about: ") : null,
        part.correct ? part.cue : part.tempts);
    };

    // -- cases -------------------------------------------------------------------------------------

    const oneCase = (view, row, number) => {
      const results = view.result?.cases[row.id] || {};
      const label = `${uid}-case-${row.id}`;
      return h("li", { key: row.id }, h("div", { class: "okl-ex-card", role: "group", "aria-labelledby": label },
        h("p", { id: label, class: "okl-ex-text" }, h("span", { class: "okl-ex-count" }, `${number}.`), " ", row.text),
        row.context ? h("p", { class: "okl-ex-context" }, row.context) : null,
        h("div", { class: `okl-ex-fields${view.columns.length === 4 ? " okl-ex-two" : ""}` }, view.columns.map((column) => {
          const value = current("cases", row.id, column.id, row.values[column.id]);
          const changed = value !== (row.values[column.id] ?? "");
          const result = changed ? null : results[column.id];
          const key = `${row.id}-${column.id}`;
          const id = result ? `${uid}-res-${key}` : null;
          return h("div", { key: column.id, class: "okl-ex-cell" },
            control(column, value, ["cases", row.id], id),
            cellResult(result, key, id));
        }))));
    };

    const cases = (view) => view.cases.length
      ? h("ol", { class: "okl-plain okl-ex-cards", key: "cases" }, view.cases.map((row, i) => oneCase(view, row, i + 1)))
      : null;

    // -- the learner's own list --------------------------------------------------------------------

    const valuesOf = (view, row) => Object.fromEntries(
      view.row_fields.map((f) => [f.id, current("rows", row.id, f.id, row.values[f.id])]));

    const asked = (field, values) => !field.when || field.when[1].includes(values[field.when[0]]);

    const ownRow = (view, row, number) => {
      const values = valuesOf(view, row);
      const name = values.name || values.measure || "";
      const changed = view.row_fields.some((f) => values[f.id] !== (row.values[f.id] ?? ""));
      const result = changed ? null : view.result?.rows[row.id];
      const open = isOpen(`row-${row.id}`, true);
      const title = name ? `${number}. ${name}` : `${number}. ${view.row_name}`;
      return h("li", { key: row.id }, h("div", { class: "okl-ex-card", role: "group", "aria-label": title },
        h("div", { class: "okl-ex-head" },
          h("button", {
            type: "button", class: "okl-button okl-quiet okl-ex-toggle", "aria-expanded": open,
            focusKey: `row-${row.id}`, onclick: toggle(`row-${row.id}`, true),
          }, h("span", { class: "okl-caret", "aria-hidden": "true" }, open ? "▾" : "▸"), h("span", null, title)),
          result ? verdict(result.correct, result.correct ? "Consistent" : "Has open questions") : null,
          button({
            label: "Remove", kind: "quiet", focusKey: `remove-${row.id}`, "aria-label": `Remove ${title}`,
            onclick: () => { flushAll(); ui.focus("add"); ui.send("remove", { row: row.id }); },
          })),
        open ? h("div", { class: `okl-ex-fields${view.row_fields.length > 9 ? " okl-ex-pairs" : ""}` }, view.row_fields.filter((f) => asked(f, values)).map((field) =>
          h("div", { key: field.id, class: `okl-ex-cell${field.full ? " okl-ex-full" : ""}` }, control(field, values[field.id], ["rows", row.id], null)))) : null,
        open && result?.parts.length ? h("div", { class: "okl-stack okl-ex-questions" }, result.parts.map(question)) : null));
    };

    const own = (view) => view.own
      ? h("section", { key: "own", class: "okl-stack", "aria-label": "Your own list" },
        Object.keys(view.given).length ? h("p", { class: "okl-ex-given" }, given(view.given)) : null,
        view.form.length ? h("div", { class: "okl-ex-card okl-ex-fields" }, view.form.map((field) =>
          h("div", { key: field.id, class: `okl-ex-cell${field.full ? " okl-ex-full" : ""}` },
            control(field, current("form", null, field.id, view.form_values[field.id]), ["form", null], null)))) : null,
        view.result?.form.filter(says).length
          ? h("div", { class: "okl-stack okl-ex-questions" }, view.result.form.filter(says).map(question)) : null,
        h("ol", { class: "okl-plain okl-ex-cards" }, view.rows.map((row, i) => ownRow(view, row, i + 1))),
        view.removed ? h("p", { class: "okl-ex-undo" }, `${view.removed} is removed.`, " ",
          button({ label: "Bring it back", focusKey: "undo", onclick: () => ui.send("undo") })) : null,
        button({ label: "Add another", focusKey: "add", class: "okl-ex-add", disabled: !view.room, onclick: () => add(view) }),
        view.room ? null : h("p", { class: "okl-small okl-muted" }, "The list is full."))
      : null;

    const says = (part) => part.cue || part.tempts;

    const given = (facts) => [
      facts.objective ? [h("b", null, "Objective: "), facts.objective, " "] : null,
      facts.starts || facts.ends ? [h("b", null, "Cycle: "), `${facts.starts || "…"} to ${facts.ends || "…"}`] : null,
    ];

    const add = (view) => {
      flushAll();
      for (const row of view.rows) if (valuesOf(view, row)[view.row_fields[0].id]) opened.set(`row-${row.id}`, false);
      ui.send("add");
    };

    // -- the whole ---------------------------------------------------------------------------------

    const check = (anyway) => {
      flushAll();
      checking = true;
      ui.send("check", { anyway, seconds: ui.stopwatch.lap() });
    };

    const resultBox = (view) => {
      const result = view.result;
      if (!result) return null;
      return h("div", { key: "result", class: `okl-feedback ${result.correct ? "okl-is-right" : "okl-ex-partly"}` },
        h("p", { class: "okl-head", focusKey: "result", tabindex: "-1" }, h("b", null, result.line)),
        result.stale ? h("p", null, "You have changed answers since. Check again to see what they earn.") : null,
        result.tries > 1 && result.graded ? h("p", { class: "okl-small" }, "The first check counted for your progress. This one is for practice.") : null,
        !result.correct && !result.stale ? h("p", null, view.own ? "Look at the questions in your list above, change what you like, and check again." : "The reason stands below each answer above. Change what is wrong and check again.") : null,
        result.remember ? line("Keep this:", result.remember) : null);
    };

    const settle = (view) => { // after a check, close own rows that are fine and open the others
      const tries = view.result?.tries ?? 0;
      if (tries === lastTries) return;
      lastTries = tries;
      if (checking) ui.focus("result"); // the reasons push it out of sight
      checking = false;
      for (const [id, result] of Object.entries(view.result.rows)) opened.set(`row-${id}`, !result.correct);
    };

    const welcome = (view) => { // a new row gets the focus
      const fresh = view.rows.filter((row) => !known.has(row.id));
      const first = view.row_fields[0];
      if (fresh.length === 1 && first) {
        const id = `${uid}-rows-${fresh[0].id}-${first.id}`;
        ui.focus(first.options.length && first.options.length <= PILLS ? `${id}-${first.options[0].id}` : id);
      }
      known = new Set([...known, ...view.rows.map((row) => row.id)]);
    };

    return {
      render(view) {
        forget();
        settle(view);
        welcome(view);
        const progress = view.asked ? okl.progress({ value: view.done, max: view.asked, label: `${view.done} of ${view.asked} answered` }) : null;
        return [
          h("div", { key: "top", class: "okl-stack" },
            h("p", { class: "okl-title" }, `${view.id} ${view.title}`),
            h("p", { class: "okl-small okl-muted" }, `${plural(view.points, "point")} · about ${plural(view.minutes, "minute")}`),
            view.intro.map((text, i) => h("p", { key: `p${i}` }, text)),
            view.hint ? disclosure({ label: "Hint", open: hint, focusKey: "hint", ontoggle: () => { hint = !hint; ui.redraw(); } }, h("p", null, view.hint)) : null),
          progress,
          cases(view),
          own(view),
          resultBox(view),
          view.confirm ? h("p", { key: "confirm", class: "okl-ex-confirm" }, `${view.confirm} An open answer earns nothing.`) : null,
          h("div", { key: "actions" }, actions(
            view.result?.can_reveal ? button({ label: "Show the right answers", focusKey: "reveal", onclick: () => ui.send("reveal") }) : null,
            button({
              label: view.confirm ? "Check anyway" : view.result ? "Check again" : "Check", kind: "primary", focusKey: "check",
              onclick: () => check(Boolean(view.confirm)),
            }))),
        ];
      },
      destroy() { flushAll(); },
    };
  };

  return okl.widget({ name: "exercise-form", setup });
})();

export default okrlabExercise;
