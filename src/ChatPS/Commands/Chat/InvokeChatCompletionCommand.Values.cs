using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Dialects;

namespace ChatPS.Commands;

// Words that services define, and may add to.
public sealed partial class InvokeChatCompletionCommand
{
    private HashSet<string>? _warnings;

    // What holds for every item is said once.
    private void WarnOfUnknownValues(ServiceConnection service, ChatRequest request)
    {
        foreach (string warning in KnownWords.Warnings(service, request))
        {
            if ((_warnings ??= []).Add(warning))
            {
                WriteWarning(warning);
            }
        }
    }
}
