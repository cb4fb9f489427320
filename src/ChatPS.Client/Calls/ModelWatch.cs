using System.Globalization;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Calls;

/// <summary>
/// Warns of calls to models that end soon, once a day. Where the service tells of ends, it looks at a model once a day, beside a call
/// and never in its way. Safe for many threads.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="memory">What is known of its models.</param>
/// <param name="time">The clock.</param>
internal sealed class ModelWatch(ServiceConnection connection, ModelMemory memory, TimeProvider time)
{
    private const int LongestName = 200;

    private static readonly CallSettings Quick = new() { Timeout = TimeSpan.FromSeconds(15), MaxRetry = 0 };

    /// <summary>Gets the look that goes on or ended last; null where none was begun.</summary>
    public Task? Look { get; private set; }

    /// <summary>A call to a model begins: looks at the model, if nobody has today.</summary>
    /// <param name="model">The model as the call names it.</param>
    public void Begin(string model)
    {
        // With a limit of requests, the look waits until the call has had its turn.
        if (connection.Settings.RequestsPerMinute is null)
        {
            LookOnce(model);
        }
    }

    /// <summary>A call has ended: warns, if its model ends soon.</summary>
    /// <param name="call">The call.</param>
    /// <param name="model">The model as the call names it.</param>
    public void End(CallContext call, string model)
    {
        if (call.RetiresAt is { } told && memory.Find(model)?.RetiresAt != told)
        {
            memory.Remember(model, new ChatModel { Id = model, RetiresAt = told, Connection = connection.Settings.Name });
        }

        if (call.HasSucceeded && call.Settings is { Warning: { } warning, IsQuiet: false } && memory.EndOf(model) is { RetiresAt: { } day } end
            && day - time.GetUtcNow() <= ModelMemory.Notice && memory.TakeTelling(end))
        {
            warning(Redactor.Clean(Words(end, day), call.Secrets));
        }

        if (connection.Settings.RequestsPerMinute is not null)
        {
            LookOnce(model);
        }
    }

    private string Words(ModelEnd end, DateTimeOffset day)
    {
        // Days of the calendar: what ends tomorrow at midnight ends in a day.
        DateTimeOffset now = time.GetUtcNow();
        int days = (day.UtcDateTime.Date - now.UtcDateTime.Date).Days;
        string when = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string what = day <= now ? $"was to retire on {when}, and may be gone any day" : days == 0 ? $"retires on {when}, today" : $"retires on {when}, in {Counted.Of(days, "day")}";
        string instead = end.Replacement is { } name ? $" The service names '{Printable.Line(name, LongestName)}' in its place." : "";
        return $"The model '{Printable.Line(end.Model, LongestName)}' of connection '{end.Connection}' {what}.{instead} Get-ChatModel shows what there is.";
    }

    private void LookOnce(string model)
    {
        if (connection.Settings.TellsRetirement && connection.Dialect.Offer<IModelSource>() is { } source && memory.TakeLook(model))
        {
            Look = Task.Run(() => LookAsync(source, model));
        }
    }

    private async Task LookAsync(IModelSource source, string model)
    {
        ChatModel? found = null;
        try
        {
            ParameterRules.PathSegment(model, "-Model");
            found = await source.GetModelAsync(connection, model, Quick, CancellationToken.None);
        }
        catch (Exception)
        {
            // Nothing is told of it then; what is wrong with model or service, the call itself finds out.
            found = null;
        }

        memory.NoteLook(model, found);
    }
}
