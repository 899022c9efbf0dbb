/** A part of what `openclaw config schema` prints (OpenClaw 2026.9.6), with shorter descriptions. */
export const PRINTED_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  type: "object",
  properties: {
    logging: {
      type: "object",
      properties: {
        level: {
          anyOf: [
            { type: "string", const: "silent" },
            { type: "string", const: "fatal" },
            { type: "string", const: "error" },
            { type: "string", const: "warn" },
            { type: "string", const: "info" },
            { type: "string", const: "debug" },
            { type: "string", const: "trace" },
          ],
          title: "Log Level",
          description:
            'Primary log level threshold for runtime logger output: "silent", "fatal", "error", "warn", "info", "debug", or "trace". Keep "info" or "warn" for production, and use debug/trace only during investigation.',
        },
        file: {
          type: "string",
          title: "Log File Path",
          description:
            "Optional file path for persisted log output in addition to or instead of console logging.",
        },
      },
      additionalProperties: false,
      title: "Logging",
      description:
        "Logging behavior controls for severity, output destinations, formatting, and sensitive-data redaction.",
    },
    agents: {
      type: "object",
      properties: {
        defaults: {
          type: "object",
          properties: {
            model: {
              anyOf: [
                { type: "string" },
                {
                  type: "object",
                  properties: {
                    primary: {
                      type: "string",
                      title: "Primary Model",
                      description: "Primary model (provider/model).",
                    },
                    fallbacks: {
                      type: "array",
                      items: { type: "string" },
                      title: "Model Fallbacks",
                      description: "Ordered fallback models (provider/model).",
                    },
                  },
                  additionalProperties: false,
                },
              ],
            },
          },
          additionalProperties: false,
          title: "Agent Defaults",
          description:
            "Shared default settings inherited by agents unless overridden per entry in agents.entries.",
        },
        entries: {
          type: "object",
          propertyNames: { type: "string", pattern: "^[a-z0-9_][a-z0-9_-]{0,63}$" },
          additionalProperties: {
            type: "object",
            properties: {
              name: { type: "string" },
              model: {
                anyOf: [
                  { type: "string" },
                  {
                    type: "object",
                    properties: {
                      primary: { type: "string" },
                      fallbacks: { type: "array", items: { type: "string" } },
                    },
                    additionalProperties: false,
                  },
                ],
              },
            },
            additionalProperties: false,
          },
          title: "Agent List",
          description:
            "Explicit list of configured agents with IDs and optional overrides for model, tools, identity, and workspace.",
        },
      },
      additionalProperties: false,
      title: "Agents",
      description: "Agent runtime configuration root.",
    },
    tools: {
      type: "object",
      properties: {
        profile: {
          anyOf: [
            { type: "string", const: "minimal" },
            { type: "string", const: "coding" },
            { type: "string", const: "messaging" },
            { type: "string", const: "full" },
          ],
          title: "Tool Profile",
          description:
            "Global tool profile name used to select a predefined tool policy baseline before applying allow/deny overrides.",
        },
      },
      additionalProperties: false,
      title: "Tools",
      description: "Tool infrastructure and cross-agent defaults.",
    },
    bindings: {
      type: "array",
      items: {
        anyOf: [
          {
            type: "object",
            properties: {
              type: {
                type: "string",
                const: "route",
                title: "Binding Type",
                description: "Binding kind.",
              },
              agentId: {
                type: "string",
                title: "Binding Agent ID",
                description:
                  "Target agent ID that receives traffic when the corresponding binding match rule is satisfied.",
              },
            },
            required: ["agentId"],
            additionalProperties: false,
          },
          {
            type: "object",
            properties: {
              type: {
                type: "string",
                const: "acp",
                title: "Binding Type",
                description: "Binding kind.",
              },
              agentId: {
                type: "string",
                title: "Binding Agent ID",
                description:
                  "Target agent ID that receives traffic when the corresponding binding match rule is satisfied.",
              },
            },
            required: ["type", "agentId"],
            additionalProperties: false,
          },
        ],
      },
      title: "Bindings",
      description: "Top-level binding rules for routing and persistent ACP conversation ownership.",
    },
    channels: {
      type: "object",
      properties: {
        telegram: {
          $schema: "http://json-schema.org/draft-07/schema#",
          type: "object",
          properties: {
            enabled: { type: "boolean" },
            dmPolicy: {
              default: "pairing",
              type: "string",
              enum: ["pairing", "allowlist", "open", "disabled"],
            },
            accounts: {
              type: "object",
              propertyNames: { type: "string" },
              additionalProperties: {
                type: "object",
                properties: {
                  dmPolicy: { type: "string", enum: ["pairing", "allowlist", "open", "disabled"] },
                },
                additionalProperties: false,
              },
            },
          },
          required: ["dmPolicy"],
          additionalProperties: false,
        },
      },
      additionalProperties: true,
      title: "Channels",
      description:
        "Channel provider configurations plus shared defaults that control access policies, heartbeat visibility, and per-surface behavior.",
    },
    gateway: {
      type: "object",
      properties: {
        port: {
          type: "integer",
          minimum: 1,
          maximum: 65535,
          title: "Gateway Port",
          description:
            "TCP port used by the gateway listener for API, control UI, and channel-facing ingress paths.",
        },
        mode: {
          anyOf: [
            { type: "string", const: "local" },
            { type: "string", const: "remote" },
          ],
          title: "Gateway Mode",
          description:
            'Gateway operation mode: "local" runs channels and agent runtime on this host, while "remote" connects through remote transport.',
        },
        bind: {
          anyOf: [
            { type: "string", const: "auto" },
            { type: "string", const: "lan" },
            { type: "string", const: "loopback" },
            { type: "string", const: "custom" },
            { type: "string", const: "tailnet" },
          ],
          title: "Gateway Bind Mode",
          description:
            'Network bind profile: "auto", "lan", "loopback", "custom", or "tailnet" to control interface exposure.',
        },
        controlUi: {
          type: "object",
          properties: {
            allowedOrigins: {
              type: "array",
              items: { type: "string" },
              title: "Control UI Allowed Origins",
              description:
                "Allowed browser origins for Control UI/WebChat websocket connections (full origins only).",
            },
          },
          additionalProperties: false,
          title: "Control UI",
          description:
            "Control UI hosting settings including enablement, pathing, and browser-origin/auth hardening behavior.",
        },
        auth: {
          type: "object",
          properties: {
            mode: {
              anyOf: [
                { type: "string", const: "none" },
                { type: "string", const: "token" },
                { type: "string", const: "password" },
                { type: "string", const: "trusted-proxy" },
              ],
              title: "Gateway Auth Mode",
              description:
                'Gateway auth mode: "none", "token", "password", or "trusted-proxy" depending on your edge architecture.',
            },
            token: {
              anyOf: [
                { type: "string" },
                {
                  oneOf: [
                    {
                      type: "object",
                      properties: {
                        source: { type: "string", const: "env" },
                        provider: { type: "string", pattern: "^[a-z][a-z0-9_-]{0,63}$" },
                        id: { type: "string", pattern: "^[A-Z][A-Z0-9_]{0,127}$" },
                      },
                      required: ["source", "provider", "id"],
                      additionalProperties: false,
                    },
                    {
                      type: "object",
                      properties: {
                        source: { type: "string", const: "file" },
                        provider: { type: "string", pattern: "^[a-z][a-z0-9_-]{0,63}$" },
                        id: { type: "string" },
                      },
                      required: ["source", "provider", "id"],
                      additionalProperties: false,
                    },
                    {
                      type: "object",
                      properties: {
                        source: { type: "string", const: "exec" },
                        provider: { type: "string", pattern: "^[a-z][a-z0-9_-]{0,63}$" },
                        id: { type: "string" },
                      },
                      required: ["source", "provider", "id"],
                      additionalProperties: false,
                    },
                    {
                      type: "object",
                      properties: {
                        source: { type: "string", const: "store" },
                        provider: { type: "string", pattern: "^[a-z][a-z0-9_-]{0,63}$" },
                        id: { type: "string", pattern: "^[A-Z][A-Z0-9_]{0,127}$" },
                      },
                      required: ["source", "provider", "id"],
                      additionalProperties: false,
                    },
                  ],
                },
              ],
              title: "Gateway Token",
              description:
                "Shared secret selected by gateway.auth.mode=token, the default for new local onboarding.",
            },
          },
          additionalProperties: false,
          title: "Gateway Auth",
          description:
            "Authentication policy for gateway HTTP/WebSocket access including mode, credentials, trusted-proxy behavior, and rate limiting.",
        },
        trustedProxies: {
          type: "array",
          items: { type: "string" },
          title: "Gateway Trusted Proxy CIDRs",
          description:
            "CIDR/IP allowlist of upstream proxies permitted to provide forwarded client identity headers.",
        },
      },
      additionalProperties: false,
      title: "Gateway",
      description:
        "Gateway runtime surface for bind mode, auth, control UI, remote transport, and operational safety controls.",
    },
    plugins: {
      type: "object",
      properties: {
        entries: {
          type: "object",
          propertyNames: { type: "string" },
          additionalProperties: {
            type: "object",
            properties: {
              enabled: {
                type: "boolean",
                title: "Plugin Enabled",
                description:
                  "Per-plugin enablement override for a specific entry, applied on top of global plugin policy.",
              },
            },
            additionalProperties: false,
          },
          title: "Plugin Entries",
          description:
            "Per-plugin settings keyed by plugin ID including enablement and plugin-specific runtime configuration payloads.",
          properties: {
            "admin-http-rpc": {
              type: "object",
              properties: {
                enabled: {
                  type: "boolean",
                  title: "Plugin Enabled",
                  description:
                    "Per-plugin enablement override for a specific entry, applied on top of global plugin policy.",
                },
              },
              additionalProperties: false,
            },
            imap: {
              type: "object",
              properties: {
                config: {
                  type: "object",
                  propertyNames: { type: "string" },
                  additionalProperties: false,
                  title: "Plugin Config",
                  description:
                    "Plugin-defined configuration payload interpreted by that plugin's own schema and validation rules.",
                  $defs: {
                    secretRef: {
                      type: "object",
                      additionalProperties: false,
                      properties: {
                        source: { type: "string", enum: ["env", "file", "exec", "store"] },
                        provider: { type: "string" },
                        id: { type: "string" },
                      },
                      required: ["source", "provider", "id"],
                    },
                    secretInput: {
                      anyOf: [{ type: "string", minLength: 1 }, { $ref: "#/$defs/secretRef" }],
                    },
                    account: {
                      type: "object",
                      additionalProperties: false,
                      properties: {
                        host: { type: "string", minLength: 1 },
                        password: { $ref: "#/$defs/secretInput" },
                      },
                      required: ["host", "password"],
                    },
                  },
                  properties: {
                    accounts: {
                      type: "object",
                      propertyNames: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9_-]*$" },
                      additionalProperties: { $ref: "#/$defs/account" },
                    },
                  },
                },
              },
              additionalProperties: false,
            },
          },
        },
      },
      additionalProperties: false,
      title: "Plugins",
      description:
        "Plugin system controls for enabling extensions, constraining load scope, configuring entries, and tracking installs.",
    },
  },
  additionalProperties: false,
  title: "OpenClawConfig",
};
