// The plugin: watches for notebooks of the course and turns each into a page.
import { Course } from './course.js';
import { LessonPage } from './page.js';

const KEPT_OPEN = 3; // an open notebook has a kernel of its own, and memory is not endless

/**
 * Return JupyterLab's plugin object.
 *
 * @param lab a function that returns one of Lab's shared modules by name.
 */
export async function plugin(lab) {
  const [notebook, apputils, services, coreutils, widgets] = await Promise.all([
    lab('@jupyterlab/notebook'),
    lab('@jupyterlab/apputils'),
    lab('@jupyterlab/services'),
    lab('@jupyterlab/coreutils'),
    lab('@lumino/widgets'),
  ]);
  const modules = { notebook, apputils, services, coreutils, widgets };
  return {
    id: 'okrlab-shell:plugin',
    description: 'Makes JupyterLab a calm page for the okrlab course.',
    autoStart: true,
    optional: [notebook.INotebookTracker, apputils.IThemeManager],
    activate(app, tracker, themes) {
      if (!tracker) return; // Voilà and other pages without notebooks load extensions too
      const shell = new CourseShell(app, themes, modules);
      tracker.widgetAdded.connect((_, panel) => void shell.adopt(panel));
      tracker.forEach(panel => void shell.adopt(panel));
    },
  };
}

/** What the pages share: the course, the window around them, the notebooks that are open. */
class CourseShell {
  constructor(app, themes, modules) {
    Object.assign(this, { app, themes, modules });
    this.course = new Course(modules.services, modules.coreutils, app.serviceManager);
    this.pages = new Set();
    this.app.shell.currentChanged?.connect(() => this.arrange());
    app.serviceManager.connectionFailure.connect(() => this.unreachable());
    void this.app.restored.then(() => this.arrange());
    this.themes?.themeChanged.connect(() => this.pages.forEach(page => page.bar.refresh()));
    const title = document.querySelector('title');
    new MutationObserver(() => this.nameWindow()).observe(title, { childList: true });
  }

  /** Turn a notebook that has just been opened into a page, if it is one of the course's. */
  async adopt(panel) {
    await panel.context.ready;
    if (panel.isDisposed || !panel.context.model.getMetadata('okrlab')) return;
    const shipped = await this.course.shipped(panel.context.path);
    if (!shipped || panel.isDisposed) return;
    const page = new LessonPage(this, panel, shipped);
    this.pages.add(page);
    panel.disposed.connect(() => this.pages.delete(page));
    this.arrange();
    await page.open();
  }

  /** The page in front, if a page of the course is. */
  get current() {
    return [...this.pages].find(({ panel }) => panel === this.app.shell.currentWidget);
  }

  /** Show Jupyter's own menus and side bars only where they help. */
  arrange() {
    const page = this.current;
    const quiet = Boolean(page && !page.codeShown);
    document.body.classList.toggle('okrlab-reading', quiet);
    if (page) page.lastSeen = Date.now();
    if (page || this.arranged) this.quietWindow(quiet);
    this.arranged = Boolean(page);
    this.nameWindow();
  }

  /** Lab names the window after the file and keeps doing so; readers know the lesson's title. */
  nameWindow() {
    const page = this.current;
    const title = page && `${page.title} – okrlab`;
    if (title && document.title !== title) document.title = title;
  }

  /** The server doesn't answer: say so in the lesson's own words, in place of Lab's alarm. */
  unreachable() {
    this.pages.forEach(page => page.unreachable());
    if (!this.current) return;
    for (const delay of [0, 200]) setTimeout(() => this.modules.apputils.Dialog.flush(), delay);
  }

  /** Hide or show the menu bar and side bars through Lab, which lays its window out itself. */
  quietWindow(quiet) {
    const { shell } = this.app;
    if (quiet) {
      shell.collapseLeft?.();
      shell.collapseRight?.();
    }
    for (const widget of shell.layout?.widgets ?? []) {
      if (['jp-menu-panel', 'jp-top-panel'].includes(widget.id)) widget.setHidden(quiet);
    }
    for (const side of ['left', 'right']) {
      if (shell.isSideTabBarVisible?.(side) === quiet) shell.toggleSideTabBarVisibility(side);
    }
  }

  /** Open another notebook of the course, and close the one that was left longest ago. */
  async visit(name, from) {
    const prefix = from.panel.context.path.slice(0, -from.shipped.name.length);
    await from.save();
    await this.app.commands.execute('docmanager:open', {
      path: prefix + name,
      factory: 'Notebook',
    });
    const spare = [...this.pages]
      .filter(({ panel }) => panel !== this.app.shell.currentWidget)
      .sort((a, b) => b.lastSeen - a.lastSeen)
      .slice(KEPT_OPEN - 1);
    for (const page of spare) await page.close();
  }
}
