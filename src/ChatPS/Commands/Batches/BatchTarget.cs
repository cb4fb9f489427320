using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Management.Automation.Language;
using System.Reflection;
using ChatPS.Parameters;

namespace ChatPS.Commands;

/// <summary>The command whose requests become a batch: its parameters are shown, completed and checked as if they were Start-ChatBatch's own.</summary>
/// <param name="command">The command.</param>
internal sealed class BatchTarget(CmdletInfo command)
{
    // Named here and passed on by Start-ChatBatch itself, or the business of the pipeline that it stands in.
    private static readonly string[] NotPassedOn =
        ["InputObject", "For", "Path", "PartLimit", "PartTokenLimit", "ExpiresAfter", "BatchMetadata", "RetryFailed", "Force", "AsBatch", "BatchPath", "WhatIf", "Confirm", "OutVariable", "OutBuffer", "PipelineVariable"];

    /// <summary>Finds the command for what is asked for.</summary>
    /// <param name="kind">What is asked for.</param>
    /// <returns>The command, by whatever name the module goes here.</returns>
    public static BatchTarget For(ChatBatchKind kind) => new(kind switch
    {
        ChatBatchKind.TextCompletion => new CmdletInfo("Invoke-ChatTextCompletion", typeof(InvokeChatTextCompletionCommand)),
        ChatBatchKind.Embedding => new CmdletInfo("Get-ChatEmbedding", typeof(GetChatEmbeddingCommand)),
        ChatBatchKind.Moderation => new CmdletInfo("Test-ChatModeration", typeof(TestChatModerationCommand)),
        _ => new CmdletInfo("Invoke-ChatCompletion", typeof(InvokeChatCompletionCommand)),
    });

    /// <summary>Makes the parameters of the command that a cmdlet does not have itself. All of an item is bound by the command, and so are its parameter sets.</summary>
    /// <param name="cmdlet">The cmdlet's type.</param>
    /// <returns>The parameters.</returns>
    public RuntimeDefinedParameterDictionary ParametersBeside(Type cmdlet)
    {
        HashSet<string> own = new(ParameterKinds.Of(cmdlet).Select(parameter => parameter.Name).Concat(NotPassedOn), StringComparer.OrdinalIgnoreCase);
        RuntimeDefinedParameterDictionary parameters = [];
        foreach (PropertyInfo parameter in ParameterKinds.Of(command.ImplementingType).Where(parameter => !own.Contains(parameter.Name)))
        {
            parameters.Add(parameter.Name, new RuntimeDefinedParameter(parameter.Name, parameter.PropertyType, Attributes(parameter)));
        }

        return parameters;
    }

    /// <summary>Makes a pipeline of the command alone.</summary>
    /// <param name="bound">What the user gave.</param>
    /// <param name="input">What the user gave as input; null where it is piped.</param>
    /// <param name="origin">Whether the user or a script called.</param>
    /// <returns>The pipeline.</returns>
    public SteppablePipeline Open(Dictionary<string, object> bound, object? input, CommandOrigin origin)
    {
        Dictionary<string, object> parameters = bound.Where(parameter => Array.IndexOf(NotPassedOn, parameter.Key) < 0).ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.OrdinalIgnoreCase);
        parameters["AsBatch"] = SwitchParameter.Present;
        if (input is not null)
        {
            parameters["InputObject"] = input;
        }

        return Script(parameters).GetSteppablePipeline(origin);
    }

    // Made of its tree, as arguments of a script do not arrive where the language of the session is constrained.
    private ScriptBlock Script(Dictionary<string, object> parameters)
    {
        ScriptPosition start = new("", 1, 1, "");
        ScriptExtent here = new(start, start);
        CommandAst call = new(
            here,
            [new ConstantExpressionAst(here, command), .. parameters.Select(parameter => new CommandParameterAst(here, parameter.Key, new ConstantExpressionAst(here, parameter.Value), here))],
            TokenKind.Ampersand,
            redirections: null);
        return new ScriptBlockAst(here, paramBlock: null, new StatementBlockAst(here, [new PipelineAst(here, call)], traps: null), isFilter: false).GetScriptBlock();
    }

    private static Collection<Attribute> Attributes(PropertyInfo parameter)
    {
        ParameterAttribute[] given = [.. parameter.GetCustomAttributes<ParameterAttribute>()];
        Collection<Attribute> attributes = [new ParameterAttribute { HelpMessage = given[0].HelpMessage, Position = given[0].Position }];
        foreach (Attribute attribute in parameter.GetCustomAttributes().Where(attribute => attribute is CmdletMetadataAttribute and not ParameterAttribute or ArgumentCompleterAttribute))
        {
            attributes.Add(attribute);
        }

        return attributes;
    }
}
