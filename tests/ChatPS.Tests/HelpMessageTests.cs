using System.Management.Automation;
using System.Reflection;

namespace ChatPS.Tests;

public sealed class HelpMessageTests
{
    // What the editor shows beside a parameter while it is completed.
    [Fact]
    public void HelpMessage_EachParameter_IsAShortSentence()
    {
        List<string> wrong = [];
        foreach (Type cmdlet in Surface.Cmdlets)
        {
            foreach (PropertyInfo parameter in Surface.Parameters(cmdlet))
            {
                wrong.AddRange(Surface.Attributes<ParameterAttribute>(parameter)
                    .Select(attribute => attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == nameof(ParameterAttribute.HelpMessage)).TypedValue.Value as string)
                    .Where(message => message is not { Length: >= 8 and <= 200 } || !(char.IsUpper(message[0]) || char.IsDigit(message[0])) || message[message.Length - 1] != '.' || message.Contains('<', StringComparison.Ordinal))
                    .Select(message => $"{Surface.Name(cmdlet)} -{parameter.Name}: {message ?? "none"}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }
}
