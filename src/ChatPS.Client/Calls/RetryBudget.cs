namespace ChatPS.Client.Calls;

/// <summary>
/// What retries a connection can afford. While most requests succeed there is always enough; where most fail, it runs out,
/// and trying again stops making things worse. Refusals for going too fast are the pacer's business and cost nothing.
/// </summary>
internal sealed class RetryBudget
{
    // In quarters of a retry, so that whole numbers will do.
    private const int Most = 32 * 4;
    private const int Retry = 4;

    private int _credit = Most;

    public void Succeeded()
    {
        int credit;
        do
        {
            credit = Volatile.Read(ref _credit);
        }
        while (credit < Most && Interlocked.CompareExchange(ref _credit, credit + 1, credit) != credit);
    }

    public bool TryTake()
    {
        int credit;
        do
        {
            credit = Volatile.Read(ref _credit);
            if (credit < Retry)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref _credit, credit - Retry, credit) != credit);
        return true;
    }
}
