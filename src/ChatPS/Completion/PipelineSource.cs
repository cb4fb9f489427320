using System.Management.Automation.Language;

namespace ChatPS.Completion;

/// <summary>What stands at the beginning of a pipeline while a command further on is typed.</summary>
internal static class PipelineSource
{
    /// <summary>Finds it; what changes items on the way is not run.</summary>
    /// <param name="command">The command that is typed.</param>
    /// <returns>The expression or command; null where the command itself comes first.</returns>
    public static CommandBaseAst? Of(CommandAst command) =>
        command.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(command) >= 1 ? pipeline.PipelineElements[0] : null;

    /// <summary>Finds the variable that the pipeline begins with.</summary>
    /// <param name="source">The beginning; null for none.</param>
    /// <returns>The name of the variable; null where it begins with something else.</returns>
    public static string? Variable(CommandBaseAst? source) => source is CommandExpressionAst { Expression: VariableExpressionAst variable } ? variable.VariablePath.UserPath : null;
}
