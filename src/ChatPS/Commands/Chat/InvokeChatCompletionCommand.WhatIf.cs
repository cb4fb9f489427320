using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Completions;
using ChatPS.Sessions;

namespace ChatPS.Commands;

// What would be asked, and about what it would take. Nothing is sent.
public sealed partial class InvokeChatCompletionCommand
{
    private readonly List<RequestEstimate> _estimates = [];

    private void Estimate(ServiceConnection service, ChatRequest request)
    {
        using SessionTurn turn = SessionTurn.Begin(Session, request, HasInstructions(request));
        RequestEstimate estimate = service.Chat.Estimate(turn.Request, Settings);
        _estimates.Add(estimate);
        ShouldProcess(estimate.Model, $"Ask, by connection '{service.Settings.Name}' ({estimate})");
    }

    private void ShowEstimates() => ShouldProcess($"{_estimates.Count} requests", $"Ask, in all ({RequestEstimate.Sum(_estimates)})");
}
