// One notebook of the course as a page: its own cells run by themselves, code is out of sight.
import { button } from './dom.js';
import { connected, execute } from './kernel.js';
import { LessonBar } from './toolbar.js';

const HIDDEN_TAG = 'hide-input';
const UNFINISHED_TAG = 'raises-exception';
const CLEARED = {
  lesson:
    'The cards go back on their piles, and a quiz that you have begun starts again. Your marks ' +
    'and your progress are kept, and so is what you wrote in the exercises.',
  page: 'What you filled in on this page is cleared. Your marks and your progress are kept.',
  reviews: 'A round of reviews that you have begun goes on where it was. Your marks and your progress are kept.',
  coach: 'The votes stay until you choose “Start again with another room” on the last step.',
};
const NAMES = { exercise: 'Exercises: ', solution: 'Solutions: ' };

export class LessonPage {
  constructor(shell, panel, shipped) {
    Object.assign(this, { shell, panel, shipped, codeShown: false, lastSeen: Date.now() });
    const { lesson, kind, title } = panel.context.model.getMetadata('okrlab');
    this.lesson = Number.isInteger(lesson) ? lesson : null;
    this.kind = String(kind ?? 'lesson');
    this.title = (NAMES[this.kind] ?? '') + String(title ?? shipped.name);
    this.bar = new LessonBar(this);
    panel.addClass('okrlab-page');
    panel.toolbar.hide();
    panel.contentHeader.addWidget(this.bar.widget);
    panel.content.node.addEventListener('dblclick', event => this.guard(event), true);
    panel.content.node.addEventListener('contextmenu', event => this.guard(event), true);
    panel.node.addEventListener('keydown', event => this.onKey(event), true);
    panel.content.model.cells.changed.connect(() => this.mark());
    panel.context.sessionContext.statusChanged.connect((_, status) => this.onStatus(status));
    panel.context.sessionContext.connectionStatusChanged.connect((_, status) =>
      this.onConnection(status),
    );
    this.mark();
    this.kept = this.sources();
    panel.context.saveState.connect((_, state) => {
      if (state === 'completed') this.kept = this.sources();
    });
    panel.context.model.stateChanged.connect((_, { name, newValue }) => {
      if (name === 'dirty' && newValue && this.kind !== 'exercise') queueMicrotask(() => this.settle());
    });
  }

  /** Run the page when it is first seen. */
  async open() {
    this.bar.say('working', 'Preparing the lesson…');
    await this.panel.revealed;
    await this.prepare();
  }

  /** Run every cell that is the course's own, and say so while it lasts. */
  async prepare() {
    const { panel, shell } = this;
    if (this.busy) return;
    this.busy = true;
    this.bar.say('working', 'Preparing the lesson…');
    panel.addClass('okrlab-preparing');
    try {
      await connected(panel.context.sessionContext);
      const cells = this.ownCells().filter(cell => !tags(cell).includes(UNFINISHED_TAG));
      cells.forEach(cell => cell.model.clearExecution?.());
      await shell.modules.notebook.NotebookActions.runCells(
        panel.content,
        cells,
        panel.context.sessionContext,
      );
      this.settle();
      this.report(cells);
    } catch {
      this.failed();
    } finally {
      this.busy = false;
      if (!panel.isDisposed) panel.removeClass('okrlab-preparing');
    }
  }

  /**
   * Outputs of the course's own cells are made anew at each visit. As long as nobody wrote
   * anything there is nothing to save, and closing the window need not ask.
   */
  settle() {
    const { model } = this.panel.context;
    if (model.dirty && this.sources() === this.kept) model.dirty = false;
  }

  /** What a person could have written on this page. */
  sources() {
    return JSON.stringify(
      this.panel.content.widgets.map(({ model }) => [model.type, model.sharedModel.getSource()]),
    );
  }

  /** Say how preparing went; nothing when it went well. */
  report(cells) {
    if (cells.some(failedCell)) {
      this.failed();
    } else if (this.kind !== 'exercise' && this.changedCells().length) {
      this.bar.say(
        'note',
        'You changed code in this lesson, so the changed parts do not run by themselves.',
        ['Run them', () => this.runAll()],
      );
    } else {
      this.bar.say('ready');
    }
  }

  failed() {
    this.bar.say(
      'trouble',
      'The lesson could not be prepared. Your progress is kept. ' +
        'If trying again does not help, choose “Start this lesson afresh”.',
      ['Try again', () => this.restart()],
    );
  }

  /** Start the kernel anew and run the page. */
  async restart() {
    this.bar.say('working', 'Preparing the lesson…');
    this.busy = true;
    try {
      await this.panel.context.sessionContext.restartKernel();
    } catch {
      this.failed();
      return;
    } finally {
      this.busy = false;
    }
    await this.prepare();
  }

  async runAll() {
    const { content, context } = this.panel;
    this.bar.say('working', 'Running…');
    const cells = content.widgets.filter(({ model }) => model.type === 'code');
    await this.shell.modules.notebook.NotebookActions.runCells(
      content,
      cells,
      context.sessionContext,
    );
    this.bar.say('ready');
  }

  /** Ask, then put the lesson back as it was shipped. */
  async afresh() {
    const { apputils } = this.shell.modules;
    const what = this.kind === 'lesson' ? 'lesson' : 'page';
    const { button } = await apputils.showDialog({
      title: `Start this ${what} afresh?`,
      body: `${CLEARED[this.kind] ?? CLEARED[what]} If you changed the page itself, your version is kept in a copy beside it.`,
      defaultButton: 0,
      buttons: [
        apputils.Dialog.cancelButton({ label: 'Cancel' }),
        apputils.Dialog.okButton({ label: 'Start afresh' }),
      ],
    });
    if (!button.accept) return;
    const { context, content } = this.panel;
    this.bar.say('working', 'Starting afresh…');
    try {
      const cleared = await this.clearDrafts();
      await this.save();
      const earlier = await this.shell.course.afresh(context.path);
      await context.revert();
      this.kept = this.sources();
      this.mark();
      content.node.querySelector('.jp-WindowedPanel-outer')?.scrollTo(0, 0);
      await this.restart();
      if (this.bar.state !== 'ready') return;
      if (!cleared) {
        this.bar.say('note', 'The page is as at first, but answers begun earlier are still there.');
      } else if (earlier) {
        this.bar.say('note', `Your earlier version is kept as “${earlier.split('/').pop()}”.`);
      }
    } catch {
      this.bar.say(
        'trouble',
        'The page could not be put back. Nothing was lost. Is the disk full?',
        ['Try again', () => this.afresh()],
      );
    }
  }

  /** Clear begun answers of this page; false when the kernel could not. */
  async clearDrafts() {
    if (this.lesson === null || ['solution', 'coach', 'reviews'].includes(this.kind)) return true;
    try {
      const kernel = await connected(this.panel.context.sessionContext);
      const reply = await execute(
        kernel,
        `import okrlab\nokrlab.afresh(${this.lesson}, exercises=${this.kind === 'exercise' ? 'True' : 'False'})`,
      );
      return reply.status === 'ok';
    } catch {
      return false;
    }
  }

  /** Open the same notebook for the room: large type, no code. */
  async present() {
    const room = window.open('', '_blank'); // now, while the click still allows a new window
    try {
      await this.save();
      const { baseUrl } = this.shell.course.settings;
      const url = this.shell.course.join(baseUrl, 'voila/render', encodeURI(this.panel.context.path));
      if (room) room.location.href = url;
      else this.bar.say('note', 'Your browser did not allow a new window. Allow it for this page, and try again.');
    } catch {
      room?.close();
      this.bar.say('trouble', 'The page could not be saved, so it was not presented. Is the disk full?');
    }
  }

  async save() {
    const { context } = this.panel;
    if (context.model.dirty && !context.model.readOnly) await context.save();
  }

  /** Save, end the kernel and close. */
  async close() {
    try {
      await this.save();
      await this.panel.context.sessionContext.shutdown();
    } catch {
      return; // what could not be saved stays open
    }
    this.panel.dispose();
  }

  /** Show or hide everything that belongs to programming. */
  showCode(shown) {
    this.codeShown = shown;
    this.panel.toggleClass('okrlab-code-shown', shown);
    this.panel.toolbar.setHidden(!shown);
    for (const cell of this.panel.content.widgets) {
      if (shown) cell.inputHidden = false; // notebooks fold their code for other front ends
    }
    this.mark();
    this.shell.arrange();
    this.bar.refresh();
    this.panel.update();
  }

  /** Mark each cell for the style sheet and keep Lab's one-letter commands off the page. */
  mark() {
    const { content } = this.panel;
    for (const cell of content.widgets) {
      const quiet = cell.model.type !== 'code' || tags(cell).includes(HIDDEN_TAG);
      cell.node.classList.toggle('okrlab-quiet', quiet);
      if (!quiet) this.offerRun(cell);
      suppress(cell.node, quiet && !this.codeShown);
    }
    suppress(content.node, !this.codeShown && content.widgets.every(isQuiet));
  }

  /** Give a cell that the learner writes in a button that runs it. */
  offerRun(cell) {
    if (cell.node.querySelector('.okrlab-run')) return;
    const { NotebookActions } = this.shell.modules.notebook;
    const { content, context } = this.panel;
    const run = button('Run', 'run', () =>
      NotebookActions.runCells(content, [cell], context.sessionContext),
    );
    run.title = 'Or press Shift+Enter in the code';
    cell.node.querySelector('.jp-Cell-inputWrapper').after(run);
  }

  /** The code cells whose source is as shipped: only these may run without being asked. */
  ownCells() {
    const code = new Set(this.shipped.code);
    return this.panel.content.widgets.filter(
      ({ model }) => model.type === 'code' && code.has(model.sharedModel.getSource()),
    );
  }

  changedCells() {
    const own = new Set(this.ownCells());
    return this.panel.content.widgets.filter(
      cell => cell.model.type === 'code' && !own.has(cell),
    );
  }

  /** Keep a double click or Lab's context menu from turning the page into an editor. */
  guard(event) {
    const cell = event.target.closest('.jp-Cell');
    if (this.codeShown || !cell?.classList.contains('okrlab-quiet')) return;
    if (event.target.closest('.jp-OutputArea')) return; // widgets see their own events
    event.stopPropagation();
  }

  onKey(event) {
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's';
    if (!saves || this.codeShown) return;
    event.preventDefault();
    void this.save();
  }

  /** The kernel's process ended: Lab starts another, which knows nothing of this page yet. */
  onStatus(status) {
    if (this.panel.isDisposed || this.busy) return;
    if (status === 'autorestarting') {
      this.lost = true;
      setTimeout(() => this.shell.modules.apputils.Dialog.flush()); // Lab's own alarm says less
      this.bar.say('working', 'Starting the lesson again…');
    } else if (status === 'dead') {
      this.bar.say('trouble', 'The lesson stopped by itself. Your progress is kept.', [
        'Start it again',
        () => this.restart(),
      ]);
    }
  }

  onConnection(status) {
    if (this.panel.isDisposed || this.busy) return;
    if (status === 'connected' && this.lost) {
      this.lost = false;
      void this.recover();
    } else if (status === 'connected' && this.offline) {
      this.offline = false;
      this.bar.say('ready');
    } else if (status === 'disconnected') {
      this.unreachable();
    }
  }

  unreachable() {
    if (this.offline || this.panel.isDisposed) return;
    this.offline = true;
    this.bar.say(
      'trouble',
      'The course does not answer; it may have been closed on this computer. Your progress is ' +
        'kept. Open it again as you did before, then reload this page.',
      ['Reload', () => window.location.reload()],
    );
  }

  async recover() {
    await this.prepare();
    if (this.bar.state === 'ready') {
      this.bar.say(
        'note',
        'The lesson stopped by itself and has been started again. Your progress is kept.',
      );
    }
  }
}

function tags(cell) {
  return cell.model.getMetadata('tags') ?? [];
}

function isQuiet(cell) {
  return cell.node.classList.contains('okrlab-quiet');
}

function failedCell(cell) {
  const { outputs } = cell.model;
  for (let index = 0; index < outputs.length; index++) {
    if (outputs.get(index).type === 'error') return true;
  }
  return false;
}

function suppress(node, on) {
  if (on) node.setAttribute('data-lm-suppress-shortcuts', 'true');
  else node.removeAttribute('data-lm-suppress-shortcuts');
}
