CREATE TABLE `replacements` (
	`instance_id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`data` text,
	`spec` text,
	`spec_before` text,
	`container_before` text,
	`started_at` text NOT NULL
);
--> statement-breakpoint
-- A reverted snapshot was known by the name of its staged folder alone.
INSERT INTO `replacements` (`instance_id`, `job_id`, `data`, `spec_before`, `started_at`)
SELECT
	`instance_id`,
	`job_id`,
	json_object(
		'staged', `staged`,
		'kept', `kept`,
		'reverted', (
			SELECT `id` FROM `safety_copies`
			WHERE `restores`.`staged` = `safety_copies`.`id` || '-' || `restores`.`job_id`
		)
	),
	`spec_before`,
	`started_at`
FROM `restores`;
--> statement-breakpoint
DROP TABLE `restores`;
