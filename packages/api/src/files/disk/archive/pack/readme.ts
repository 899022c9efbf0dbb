/** For users who open an archive by hand. */
export const README = `这是 ClawMultiDeploy 的备份文件，里面有密码和令牌，请像密码一样保管。
恢复：在 ClawMultiDeploy 的“备份”页面上传此文件，然后点“恢复”。

手动打开：
1. 用 Windows 11 资源管理器、7-Zip 或 tar 解开本文件（tar -xf 文件名.tar）。
2. instances 文件夹里，每个实例是一个 .tar.zst 文件：tar --zstd -xf 实例.tar.zst
   （或先 zstd -d，再 tar -xf；Windows 上可用 7-Zip 24 或更新版本）。
3. 以 .age 结尾的文件是加密的：先 age -d -o 实例.tar.zst 实例.tar.zst.age
4. data 是实例的数据，logs 是日志，files.jsonl 列出每个文件及其 SHA-256。

This is a backup of ClawMultiDeploy. It holds passwords and tokens: keep it like a password.
To restore it, upload this file on the Backups page of ClawMultiDeploy and choose Restore.

By hand:
1. Open this file with the Explorer of Windows 11, 7-Zip or tar (tar -xf name.tar).
2. In the folder "instances" each instance is a .tar.zst file: tar --zstd -xf instance.tar.zst
   (or zstd -d, then tar -xf; on Windows also 7-Zip 24 or later).
3. What ends in .age is encrypted: first age -d -o instance.tar.zst instance.tar.zst.age
4. "data" is the instance's data, "logs" its logs; files.jsonl lists each file with its SHA-256.

Format: docs/backup-format.md of ClawMultiDeploy, format 1.
`;
