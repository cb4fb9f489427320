namespace ChatPS.Tools;

/// <summary>A model called a tool with arguments that it cannot take. The message is for the model.</summary>
internal sealed class ToolArgumentException(string message) : Exception(message);
