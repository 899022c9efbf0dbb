import type { zhInit } from "./zh-init.ts";

export const enInit: Readonly<Record<keyof typeof zhInit, string>> = {
  "init.title": "Initialise {name}",
  "init.text":
    "Starts the instance, waits for the gateway, sets up the model provider that you choose, checks the configuration, and asks the model for an answer.",
  "init.asking": "Asking the image which providers it offers…",
  "init.known":
    "The image did not say which providers it offers; these are the ones that the panel knows. Reason: {why}",
  "init.provider": "Model provider",
  "init.baseUrl": "Base URL",
  "init.baseUrl.wrong": "The address must begin with http:// or https://.",
  "init.baseUrl.loopback":
    "In an instance, localhost is the instance itself. Give the address by which other machines reach the server.",
  "init.modelId": "Model ID",
  "init.modelId.hint": "Empty: OpenClaw’s default model.",
  "init.apiKey": "API key",
  "init.apiKey.hint": "Passed only to this instance’s OpenClaw; it never appears in logs.",
  "init.plugin.download": "downloads a plugin",
  "init.plugin.download.text":
    "OpenClaw downloads a plugin for it from npm first, so the instance needs a way to the npm registry.",
  "init.plugin.missing": "not in the image",
  "init.plugin.missing.title": "This image cannot install the plugin of {name}",
  "init.plugin.missing.text":
    "OpenClaw needs a plugin for it, and this image has neither that plugin nor npm to download it. Choose “Other, OpenAI-compatible” with its address, or an image with npm.",
  "init.plugin.missing.instead": "Use its address",
  "init.required": "Required",
  "provider.none": "None for now",
  "provider.deepseek": "DeepSeek",
  "provider.moonshotCn": "Moonshot Kimi (China)",
  "provider.qwenStandardCn": "Qwen (China, pay as you go)",
  "provider.qwenCn": "Qwen coding plan (China)",
  "provider.zaiStandardCn": "Z.ai GLM (China)",
  "provider.zaiCn": "Z.ai GLM Coding (China)",
  "provider.minimaxCn": "MiniMax (China)",
  "provider.volcengine": "Volcengine",
  "provider.qianfan": "Baidu Qianfan",
  "provider.custom": "Other, OpenAI-compatible",
  "provider.ollama": "Ollama",
  "provider.openai": "OpenAI",
  "provider.anthropic": "Anthropic",
  "provider.gemini": "Google Gemini",
  "provider.mistral": "Mistral",
  "provider.moonshot": "Moonshot Kimi (international)",
  "provider.qwenStandard": "Qwen (international, pay as you go)",
  "provider.qwen": "Qwen coding plan (international)",
  "provider.zai": "Z.ai GLM (international)",
  "provider.minimax": "MiniMax (international)",
};
