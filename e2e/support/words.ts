export type Language = "zh" | "en";

/** What the page says, as its readers read it: [中文, English]. */
const WORDS = {
  instances: ["实例", "Instances"],
  jobs: ["任务", "Jobs"],
  system: ["系统", "System"],
  mainNavigation: ["主导航", "Main"],
  notFound: ["页面不存在", "Page not found"],
  backToInstances: ["回到实例列表", "Back to the instances"],
  language: ["语言", "Language"],
  theme: ["主题", "Theme"],
  themeDark: ["深色", "Dark"],
  themeLight: ["浅色", "Light"],
  themeSystem: ["跟随系统", "System"],

  connected: ["已连接", "Connected"],
  disconnected: ["连接已断开", "Disconnected"],
  connectionLost: [
    "与面板的连接已断开，正在重新连接",
    "The connection to the panel is lost; trying again",
  ],
  memoryBanner: ["演示模式：这些不是真实的容器", "Demonstration: these are not real containers"],
  engineAway: ["连不上 Docker，实例的状态未知", "Docker cannot be reached, so no status is known"],
  imageMissing: [
    "还没有镜像 {image}，现在无法创建实例",
    "The image {image} is missing, so no instance can be created",
  ],
  imageFailed: ["获取镜像 {image} 失败", "The image {image} could not be fetched"],
  getImage: ["获取镜像", "Get the image"],

  close: ["关闭", "Close"],
  cancel: ["取消", "Cancel"],
  create: ["创建", "Create"],
  done: ["完成", "Done"],
  open: ["打开", "Open"],
  stop: ["停止", "Stop"],
  copyLink: ["复制链接", "Copy link"],
  remove: ["删除…", "Delete…"],
  look: ["查看", "Look"],
  retry: ["重试", "Try again"],
  checkAgain: ["重新检查", "Check again"],
  startNamed: ["启动 {name}", "Start {name}"],
  stopNamed: ["停止 {name}", "Stop {name}"],
  restartNamed: ["重启 {name}", "Restart {name}"],
  openNamed: ["打开 {name}", "Open {name}"],
  moreNamed: ["{name} 的更多操作", "More actions for {name}"],

  created: ["已创建", "Created"],
  starting: ["启动中", "Starting"],
  running: ["运行中", "Running"],
  stopping: ["停止中", "Stopping"],
  stopped: ["已停止", "Stopped"],
  error: ["错误", "Error"],
  unknown: ["未知", "Unknown"],
  crashLoop78: [
    "反复退出（退出码 78：配置无效），又被反复启动。",
    "It keeps ending (exit code 78: the configuration is not valid) and is started again and again.",
  ],

  createInstance: ["创建实例", "Create instance"],
  noInstances: ["还没有实例", "No instances yet"],
  search: ["搜索名称、ID 或端口", "Search name, ID or port"],
  filterAll: ["全部", "All"],
  sort: ["排序", "Sort by"],
  sortPort: ["按端口", "Port"],
  noMatch: ["没有符合条件的实例", "No instance matches"],
  clearFilter: ["清除筛选", "Clear the filter"],

  name: ["名称", "Name"],
  nameWrong: ["名称要有 1 到 64 个字符。", "The name needs 1 to 64 characters."],
  id: ["ID", "ID"],
  idWrong: [
    "ID 由 1 到 40 个小写字母、数字或连字符组成，首尾不能是连字符。",
    "The ID has 1 to 40 lower-case letters, digits or hyphens, and no hyphen at either end.",
  ],
  idTaken: ["已经有实例用了这个 ID。", "Another instance has this ID."],
  port: ["端口", "Port"],
  portWrong: ["端口要在 1024 到 65535 之间。", "The port must be between 1024 and 65535."],
  portTaken: ["端口已被占用。", "The port is in use."],
  startAtOnce: ["创建后立即启动", "Start it at once"],
  creating: ["创建 {name}", "Creating {name}"],
  gatewayAnswers: ["等待网关响应", "The gateway answers"],
  madeOnly: ["实例已创建，尚未启动。", "The instance is made and not started."],
  background: ["在后台继续", "Go on in the background"],
  linkCopied: ["链接已复制", "Link copied"],

  deleteTitle: ["删除 {name}", "Delete {name}"],
  keepData: ["保留数据", "Keep the data"],
  deleteData: ["同时删除数据", "Delete the data too"],
  typeId: ["输入 {id} 确认", "Type {id} to confirm"],
  deleteInstance: ["删除实例", "Delete instance"],
  deleteInstanceAndData: ["删除实例和数据", "Delete instance and data"],
  deleted: ["已删除 {name}", "{name} is deleted"],

  containerClash: [
    "同名的容器或网络已存在，而它不属于这个面板。",
    "A container or network of this name exists and is not the panel's.",
  ],
  initialise: ["初始化", "Initialise"],
  initTitle: ["初始化 {name}", "Initialise {name}"],
  start: ["启动", "Start"],
  restart: ["重启", "Restart"],
  editConfig: ["去修改配置", "Edit the configuration"],
  seeLogs: ["看日志", "See the logs"],
  overview: ["概览", "Overview"],
  logs: ["日志", "Logs"],
  config: ["配置", "Configuration"],
  danger: ["危险操作", "Danger zone"],
  dataFolder: ["数据文件夹", "Data folder"],
  accessOff: ["实例运行后才能打开。", "It can be opened once the instance runs."],
  whatHappened: ["出错的原因", "What went wrong"],

  logOf: ["{name} 的日志", "Logs of {name}"],
  searchLog: ["搜索日志", "Search the log"],
  noMatchInLog: ["没有匹配", "No match"],
  previousMatch: ["上一个匹配", "Previous match"],
  nextMatch: ["下一个匹配", "Next match"],
  following: ["正在跟随", "Following"],
  follow: ["跟随", "Follow"],
  noLog: ["还没有日志", "Nothing has been logged yet"],

  configOf: ["{name} 的配置", "Configuration of {name}"],
  problems: ["问题", "Problems"],
  noChanges: ["没有未保存的修改", "No unsaved changes"],
  unsaved: ["有未保存的修改", "Unsaved changes"],
  discard: ["放弃修改", "Discard"],
  save: ["保存", "Save"],
  restartNow: ["立即重启", "Restart now"],
  savedHot: ["已保存，立即生效", "Saved; it takes effect at once"],
  savedRestart: ["已保存，重启实例后生效", "Saved; it takes effect after a restart"],
  savedNextStart: ["已保存，下次启动时生效", "Saved; it takes effect at the next start"],
  conflict: ["配置已被改过", "The configuration was changed meanwhile"],
  takeTheirs: ["用新的，放弃我的", "Take theirs, drop mine"],
  keepMine: ["保留我的", "Keep mine"],
  stay: ["留下", "Stay"],
  leave: ["离开", "Leave"],
  unfinished: [
    "内容没写完：缺少结尾的括号或引号。",
    "The text ends too early: a bracket or quote is not closed.",
  ],

  imageMissingError: ["还没有 OpenClaw 镜像。", "The OpenClaw image is missing."],
  engineUnreachable: ["连不上 Docker。", "Docker cannot be reached."],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type Word = keyof typeof WORDS;
export type Translate = (word: Word, values?: Readonly<Record<string, string>>) => string;

export function speaker(language: Language): Translate {
  const index = language === "zh" ? 0 : 1;
  return (word, values = {}) =>
    WORDS[word][index].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
