/** Texts of the page about how the panel and its instances are reached. */
export const zhNetwork = {
  "network.settings": "设置",
  "network.settings.text":
    "监听地址、端口和证书文件由环境变量设定，面板启动时读取。其余的可以在这里修改；环境变量优先。",
  "network.change": "修改…",
  "network.change.title": "修改网络设置",
  "network.change.text":
    "立即生效，除非要开启或关闭 TLS。更换域名或端口时，{count} 个实例会换地址，已打开的 Control UI 会断开，需要从面板重新打开。",
  "network.change.none": "立即生效，除非要开启或关闭 TLS。",
  "network.change.authority":
    "面板的颁发机构只认得现有的名称。换了名称或域名后会有新的颁发机构，所有人都要导入新的并删除原来的，包括这个浏览器。",
  "network.change.hint": "留空用默认值；{variable} 优先",
  "network.saved": "网络设置已保存",
  "network.saved.waits": "已保存，重启面板后生效",
  "network.saved.waits.why":
    "面板运行时不能开启或关闭 TLS。重启之前一切照旧；重启之后，面板的地址是 {panel}。",
  "network.saved.contradicts": "保存的设置没有生效",
  "network.saved.contradicts.why":
    "它们与现在的环境变量矛盾，或者面板没有它们要的证书。请修改设置或环境变量。{message}",
  "network.panel": "面板的地址",
  "network.instances": "实例的地址",
  "network.host": "监听地址",
  "network.port": "端口",
  "network.names": "面板的名称",
  "network.domain": "实例的域名",
  "network.proxies": "受信任的代理",
  "network.publicPort": "代理的端口",
  "network.from.environment": "由 {variable} 设定",
  "network.from.saved": "在这里设定，{variable} 优先",
  "network.from.default": "默认值，可用 {variable} 修改",

  "network.ways": "同事怎样访问实例",
  "network.way.current": "当前",
  "network.way.machine": "在面板所在的电脑上",
  "network.way.machine.asks":
    "什么都不用设置。从另一台电脑访问时，用 ssh -L 转发端口，两边端口号相同。",
  "network.way.network": "在内部网络中，用 internal 下的名称",
  "network.way.network.asks":
    "每台电脑都要能解析面板和实例的名称（DNS，或 hosts 文件里的几行），并导入一次面板的颁发机构。",
  "network.way.domain": "用自己的域名",
  "network.way.domain.asks":
    "DNS 和证书都需要通配符。证书来自公认的颁发机构时，同事的电脑什么都不用做。域名最好与面板的不同：实例能为整个域名设置 Cookie。",
  "network.way.proxy": "放在反向代理后面",
  "network.way.proxy.asks":
    "同事的电脑要求与自己的域名相同；证书由代理提供。代理必须原样转发 Host 和端口，放行 WebSocket，不限制上传大小。",
  "network.way.link": "用带令牌的链接",
  "network.way.link.asks":
    "链接只能在面板所在的电脑上打开，令牌会留在浏览器里。适合 OpenClaw 自己的应用、节点和命令行。",

  "network.test": "从这个浏览器测试",
  "network.test.text": "用一个代表所有实例的名称访问面板，看名称、证书和 WebSocket 是否可用。",
  "network.test.run": "测试",
  "network.test.plainPage": "这个页面没有经过 TLS，密码可能被截获。请改用 {panel}。",
  "network.test.reached": "实例的名称指向这个面板。",
  "network.test.reachedSecurely": "实例的名称指向这个面板，并且经过 HTTPS。",
  "network.test.misnamed":
    "名称指向这个面板，但代理改了它：{host} 到达时成了 {said}。请让代理转发浏览器的 Host，包括端口（nginx：proxy_set_header Host $http_host;）。",
  "network.test.unsecured":
    "请求经过 HTTPS，但面板不知道。请让代理发送 X-Forwarded-Proto，并在 CLAW_TRUSTED_PROXIES 里写上它的地址。",
  "network.test.untrusted":
    "{host} 指向这个面板，但这个浏览器不信任它的证书。请在这台电脑上导入颁发机构。",
  "network.test.unreached":
    "这个浏览器访问不到 {host}。可能是名称没有指向面板所在的电脑（检查 DNS；用 hosts 文件时，测试也需要为这个名称加一行），也可能是浏览器不信任证书。在新标签页里打开它，浏览器会说明是哪一种。",
  "network.test.unreachedLocally":
    "这个浏览器访问不到 {host}。如果它不在面板所在的电脑上，请转发端口，两边端口号相同：ssh -L {port}:localhost:{port}。",
  "network.domain.missing":
    "已声明代理，而实例的名称在 localhost 之下，指向每位同事自己的电脑。点“修改…”，设定实例的域名和面板的名称。",
  "network.test.unreachedByProxy":
    "这个浏览器访问不到 {host}：localhost 之下的名称指向它自己的电脑，不经过代理。请设定实例的域名。",
  "network.test.look": "在新标签页里打开",
  "network.test.socket": "WebSocket 可以通过。",
  "network.test.noSocket":
    "WebSocket 没有被放行。请让代理转发协议升级（nginx：proxy_set_header Upgrade $http_upgrade;）。",

  "network.certificate": "证书",
  "network.certificate.none": "面板使用不加密的 HTTP。在本机上，或由代理提供 TLS 时，这样就够了。",
  "network.certificate.file": "文件",
  "network.certificate.expires": "有效期至",
  "network.certificate.uncovered": "证书不包含实例的名称",
  "network.certificate.uncovered.fix":
    "浏览器会对每个实例发出警告。请换一份包含 *.{domain} 的证书；更换文件后不用重启。",
  "network.authority": "本面板的证书颁发机构",
  "network.authority.text":
    "电脑信任这个颁发机构之前，浏览器会对面板和实例发出警告。请在那台电脑上下载证书，核对指纹，然后导入。它只对本面板和实例的名称有效。",
  "network.authority.download": "下载证书",
  "network.authority.fingerprint": "指纹（SHA-256）",
  "network.authority.copyFingerprint": "复制指纹",
  "network.authority.expires": "有效期至",
  "network.authority.windows": "Windows（PowerShell）",
  "network.authority.macos": "macOS",
  "network.authority.chromium": "Linux：Chromium 和 Chrome",
  "network.authority.debian": "Linux：Debian 上的其他程序",
  "network.authority.firefox":
    "Firefox：设置、隐私与安全、查看证书、证书颁发机构、导入；对话框里能看到指纹。来自手册，还没有试过。",
  "network.authority.untried": "来自手册，还没有试过",
  "network.authority.copyShow": "复制 {system} 上查看指纹的命令",
  "network.authority.copyCommand": "复制 {system} 上导入的命令",
} as const;
