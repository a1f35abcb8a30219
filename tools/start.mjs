// Every npm script begins here: refuses an old Node in plain words, then hands over to tools/start/commands.mjs.
// This file alone must be readable by any Node that knows modules, so it uses no newer syntax.
var parts = process.versions.node.split('.').map(Number);

if (parts[0] < 20 || (parts[0] === 20 && parts[1] < 19)) {
  process.stderr.write(
    '复工需要 Node 20.19 或更新（建议 24）,现在是 ' + process.versions.node + '。请从 https://nodejs.org 安装后再运行同一条命令。\n' +
    'Fugong needs Node 20.19 or newer (24 is best); this is ' + process.versions.node + '. Install it from https://nodejs.org and run the same command again.\n'
  );
  process.exit(1);
} else {
  import('./start/commands.mjs').then(function (commands) {
    return commands.main(process.argv.slice(2));
  });
}
