ALTER TABLE `instances` ADD `uid` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `instances` SET `uid` = lower(hex(randomblob(16)));--> statement-breakpoint
CREATE UNIQUE INDEX `instances_uid` ON `instances` (`uid`);--> statement-breakpoint
ALTER TABLE `jobs` ADD `about` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `safety_copies` ADD `uid` text;--> statement-breakpoint
ALTER TABLE `safety_copies` ADD `owner` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `about` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `tokens` ADD `instance_uids` text;--> statement-breakpoint
-- What was made before an instance of today is not of it, though it has the id: its uid stays unknown.
UPDATE `backups` SET `instances` = (
	SELECT json_group_array(json_set(part.value, '$.uid', i.uid, '$.owner', u.username))
	FROM json_each(`backups`.`instances`) AS part
	LEFT JOIN `instances` AS i ON i.id = json_extract(part.value, '$.id') AND i.created_at <= `backups`.`created_at`
	LEFT JOIN `users` AS u ON u.id = i.owner
);--> statement-breakpoint
UPDATE `jobs` SET `about` = (
	SELECT json_group_array(json_object('id', part.id, 'uid', i.uid, 'owner', u.username))
	FROM (
		SELECT `jobs`.`instance_id` AS id WHERE `jobs`.`instance_id` IS NOT NULL
		UNION ALL
		SELECT json_extract(value, '$.id') FROM json_each(`jobs`.`detail`, '$.instances') WHERE `jobs`.`instance_id` IS NULL
	) AS part
	LEFT JOIN `instances` AS i ON i.id = part.id AND i.created_at <= `jobs`.`created_at`
	LEFT JOIN `users` AS u ON u.id = i.owner
);--> statement-breakpoint
UPDATE `safety_copies` SET
	`uid` = (SELECT i.uid FROM `instances` AS i WHERE i.id = `instance_id` AND i.created_at <= `safety_copies`.`created_at`),
	`owner` = (
		SELECT u.username FROM `instances` AS i JOIN `users` AS u ON u.id = i.owner
		WHERE i.id = `instance_id` AND i.created_at <= `safety_copies`.`created_at`
	);--> statement-breakpoint
UPDATE `tokens` SET `instance_uids` = (
	SELECT json_group_array(i.uid) FROM json_each(`tokens`.`instance_ids`) AS part
	JOIN `instances` AS i ON i.id = part.value AND i.created_at <= `tokens`.`created_at`
) WHERE `instance_ids` IS NOT NULL;--> statement-breakpoint
DROP TRIGGER `audit_no_update`;--> statement-breakpoint
UPDATE `audit` SET `about` = (
	SELECT json_group_array(json_object('id', part.value, 'uid', i.uid, 'owner', u.username))
	FROM json_each(`audit`.`instance_ids`) AS part
	LEFT JOIN `instances` AS i ON i.id = part.value AND i.created_at <= `audit`.`at`
	LEFT JOIN `users` AS u ON u.id = i.owner
);--> statement-breakpoint
CREATE TRIGGER `audit_no_update` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit trail is append only'); END;
