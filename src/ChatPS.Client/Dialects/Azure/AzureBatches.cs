using ChatPS.Client.Batches;

namespace ChatPS.Client.Dialects.Azure;

/// <summary>Batches of an Azure resource, which go to deployments of the kind Global-Batch. Source: Azure OpenAI in Foundry Models, batch deployments.</summary>
internal static class AzureBatches
{
    /// <summary>As OpenAI's, but that a job goes on until it is done or stopped, and is named without a version.</summary>
    public static readonly OpenAIBatches Deployed = new(new OpenAIBatchForm([ChatBatchKind.Chat, ChatBatchKind.Embedding])
    {
        JobPrefix = "",
        LeastKept = TimeSpan.FromDays(14),
        Expires = false,
        Pause = TimeSpan.FromMinutes(1),
        FilePause = TimeSpan.FromSeconds(5),
    });
}
