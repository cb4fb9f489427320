using ChatPS.Client.Connections;

namespace ChatPS.Client.Decisions;

/// <summary>System One as Cloudflare has it: the model stands in the address, and the answer lies in an envelope.</summary>
internal sealed class CloudflareForm() : SystemOneForm(nameof(DecisionForms.Cloudflare))
{
    public override int MostQuestions => 64;

    public override int MostLevels => 10;

    // Chat lies below /ai/v1, models beside it.
    public override string Path(ConnectionSettings connection, string model)
    {
        string path = connection.BaseUri.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/ai/v1", StringComparison.Ordinal) ? "../run/" + model : path.EndsWith("/ai", StringComparison.Ordinal) ? "run/" + model : "ai/run/" + model;
    }

    public override Dictionary<string, object?> ToFields(DecisionRequest request, ConnectionSettings connection, string model)
    {
        Dictionary<string, object?> fields = base.ToFields(request, connection, model);
        fields.Remove("model");
        return fields;
    }
}
