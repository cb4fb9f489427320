using System.Management.Automation;
using ChatPS.Client.Calls;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Completion;
using ChatPS.Conversion;
using ChatPS.Module;
using ChatPS.Pipeline;
using ChatPS.Scheduling;

namespace ChatPS.Commands;

/// <summary>Lists the models of a service.</summary>
[Cmdlet(VerbsCommon.Get, "ChatModel")]
[OutputType(typeof(ChatModel))]
public sealed class GetChatModelCommand : ServiceCmdlet
{
    /// <summary>Exact ids, or wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, HelpMessage = "Exact ids, or wildcards.")]
    [Alias("Model")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public string[]? Id { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string id in Id ?? ["*"])
        {
            Attempt(id, () =>
            {
                (string? connection, string rest) = Connection is null ? ModuleState.Connections.Split(id, ModuleState.RunspaceId) : (null, id);
                Fetch(Connected(connection), rest);
            });
        }
    }

    private void Fetch(ServiceConnection service, string id) =>
        Run(id, (output, token) => WildcardPattern.ContainsWildcardCharacters(id) ? ListAsync(service, id, output, token) : GetAsync(service, id, output, token));

    private async Task<object?> ListAsync(ServiceConnection service, string id, ItemOutput output, CancellationToken token)
    {
        WildcardPattern pattern = Wildcards.Of(id);
        foreach (ChatModel model in await FetchAsync(service, output, token))
        {
            if (pattern.IsMatch(model.Id))
            {
                await output.EmitAsync(model, token);
            }
        }

        return null;
    }

    // Some servers list their models but know no address for one; names with a slash get lost at others.
    private async Task<object?> GetAsync(ServiceConnection service, string id, ItemOutput output, CancellationToken token)
    {
        ChatModel model;
        try
        {
            model = await service.Models.GetAsync(id, Call(output), token);
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 400 or 404 or 405 or 501)
        {
            IReadOnlyList<ChatModel> models = await FetchAsync(service, output, token);
            model = models.FirstOrDefault(candidate => candidate.Id == id)
                ?? throw new ChatServiceException(ErrorIds.ModelNotFound, failure.Message, NearestNames.Advise(id, models.Select(known => known.Id).Where(service.Models.Lasts), "See what there is with Get-ChatModel."), failure)
                {
                    StatusCode = failure.StatusCode,
                    RequestId = failure.RequestId,
                };
        }

        return model;
    }

    private async Task<IReadOnlyList<ChatModel>> FetchAsync(ServiceConnection service, ItemOutput output, CancellationToken token)
    {
        IReadOnlyList<ChatModel> models = await service.Models.ListAsync(Call(output), token);
        ModuleState.ModelNames.Remember(service, models.Select(model => model.Id));
        return models;
    }
}
