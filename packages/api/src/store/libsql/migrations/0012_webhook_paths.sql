ALTER TABLE `instances` ADD `webhook_paths` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- Changes that were cut short are taken back to a spec of before, which had none.
UPDATE `replacements` SET `spec_before` = json_insert(`spec_before`, '$.webhookPaths', json('[]'));
