namespace ChatPS.Client.Connections;

/// <summary>Counts what the calls for one answer take, while they are made: where the last of them fails, the others were paid for all the same.</summary>
internal interface ISpending
{
    /// <summary>Counts a call that was answered. May be called from several threads.</summary>
    /// <param name="usage">The tokens; null where the service did not say.</param>
    /// <param name="cost">The money; null where it is not known.</param>
    void Add(ChatUsage? usage, decimal? cost);

    /// <summary>Makes room for one more call than was thought of, which sends again all that the last one sent and brought.</summary>
    /// <exception cref="ChatServiceException">There is no room.</exception>
    void GoOn();
}
