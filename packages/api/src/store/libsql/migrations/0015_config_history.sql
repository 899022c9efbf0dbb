CREATE TABLE `config_texts` (
	`uid` text NOT NULL,
	`revision` text NOT NULL,
	`body` blob NOT NULL,
	PRIMARY KEY(`uid`, `revision`),
	FOREIGN KEY (`uid`) REFERENCES `instances`(`uid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `config_versions` (
	`uid` text NOT NULL,
	`version` integer NOT NULL,
	`at` text NOT NULL,
	`by` text,
	`source` text NOT NULL,
	`revision` text NOT NULL,
	`size` integer NOT NULL,
	`healthy_at` text,
	`is_pending` integer NOT NULL,
	`ownership` text NOT NULL,
	PRIMARY KEY(`uid`, `version`),
	FOREIGN KEY (`uid`) REFERENCES `instances`(`uid`) ON UPDATE no action ON DELETE cascade
);
