ALTER TABLE `instances` ADD `label` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `instances` SET `label` = `id` || '-' || lower(hex(randomblob(5)));--> statement-breakpoint
CREATE UNIQUE INDEX `instances_label` ON `instances` (`label`);--> statement-breakpoint
ALTER TABLE `instances` ADD `ingress` text;--> statement-breakpoint
ALTER TABLE `instances` ADD `ingress_fault` text;--> statement-breakpoint
-- Changes that were cut short are taken back to a spec of before, which needs a label as well.
UPDATE `replacements` SET
	`spec` = json_insert(`spec`,
		'$.label', coalesce((SELECT `label` FROM `instances` WHERE `id` = `instance_id`), `instance_id` || '-' || lower(hex(randomblob(5)))),
		'$.ingress', json('null'),
		'$.ingressFault', json('null')
	),
	`spec_before` = json_insert(`spec_before`,
		'$.label', coalesce((SELECT `label` FROM `instances` WHERE `id` = `instance_id`), `instance_id` || '-' || lower(hex(randomblob(5)))),
		'$.ingress', json('null'),
		'$.ingressFault', json('null')
	);
