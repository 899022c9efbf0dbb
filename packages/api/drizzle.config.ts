import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/store/libsql/schema.ts", "./src/store/libsql/access-schema.ts"],
  out: "./src/store/libsql/migrations",
});
