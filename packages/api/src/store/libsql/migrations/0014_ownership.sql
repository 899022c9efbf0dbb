ALTER TABLE `instances` ADD `ownership` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `instances` SET `ownership` = lower(hex(randomblob(16)));--> statement-breakpoint
-- Whatever changes the owner, also the deletion of an account.
CREATE TRIGGER `instances_ownership` AFTER UPDATE OF `owner` ON `instances` WHEN old.`owner` IS NOT new.`owner`
BEGIN UPDATE `instances` SET `ownership` = lower(hex(randomblob(16))) WHERE `id` = new.`id`; END;--> statement-breakpoint
UPDATE `replacements` SET `spec_before` = json_insert(`spec_before`, '$.ownership', '');
