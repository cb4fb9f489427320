BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
    Clear-ChatUsage
}

Describe 'A service that fails in every way' {
    # Each of six faults hits one request in twenty. A fault does not count the requests that one before it has hit.
    It 'gives each of 2,000 items its answer or its error, in order: <Kind>' -ForEach @(
        @{ Kind = 'whole'; With = @{} }
        @{ Kind = 'streamed'; With = @{ Stream = $true } }
    ) {
        $faults = @(
            @{ StatusCode = 500; Every = 20 }
            @{ Kind = 'Reset'; Every = 19 }
            @{ Kind = 'Silence'; Every = 18 }
            @{ StatusCode = 429; RetryAfterSec = 0; Every = 17 }
            @{ Kind = 'MalformedJson'; Every = 16 }
            @{ Kind = 'TruncatedStream'; Every = 15 }
        )
        Connect-TestSandbox @{ Fault = $faults } @{ TimeoutSec = 2 }
        Clear-ChatUsage

        # The sandbox keeps the last 1,000 requests: they are read while they are there.
        $log = @{}
        $readLog = { foreach ($request in Get-TestRequest) { $log[$request.Number] = $request } }
        $records = 1..2000 | ForEach-Object { if ($_ % 300 -eq 0) { . $readLog }; "$_" } | Invoke-ChatCompletion @With -ThrottleLimit 200 -ErrorAction Continue 2>&1
        . $readLog

        $outcomes = foreach ($record in $records) {
            if ($record -is [Management.Automation.ErrorRecord]) {
                [pscustomobject]@{ Subject = $record.TargetObject; ErrorId = $record.Exception.ErrorId }
            }
            elseif ($record -is [ChatPS.ChatCompletion] -or $record.Completion) {
                $answer = if ($record -is [ChatPS.ChatCompletion]) { $record } else { $record.Completion }
                [pscustomobject]@{ Subject = $answer.Input; ErrorId = if ($answer.Text -ceq "You said: $($answer.Input)") { '' } else { "wrong: $($answer.Text)" } }
            }
        }

        ($outcomes.Subject -join ' ') | Should -BeExactly (1..2000 -join ' ') -Because 'each item has one outcome, in its turn'

        # What the sandbox did to an item is what became of it. A slow machine may run into the time limit besides, even before the sandbox hears of it.
        $log.Count | Should -BeIn (1980..2000)
        $log.Values | Group-Object Fault | Where-Object Name | ForEach-Object { $_.Count | Should -BeIn (98..100) -Because $_.Name }
        $due = @{
            ''                = ''
            'Status 500'      = 'ServerError'
            'Reset'           = 'ConnectionFailed'
            'Silence'         = 'Timeout'
            'Status 429'      = 'RateLimited'
            'MalformedJson'   = 'BadResponse'
            'TruncatedStream' = if ($With.Stream) { 'StreamTruncated' } else { 'ConnectionFailed' }
        }
        $faultOf = @{}
        foreach ($request in $log.Values) { $faultOf[$request.Prompt] = "$($request.Fault)" }
        $outcomes | Where-Object { $_.ErrorId -notin $due["$($faultOf[$_.Subject])"], 'Timeout' } | Should -BeNullOrEmpty
        @($outcomes | Where-Object ErrorId -EQ 'Timeout').Count | Should -BeIn (98..200)
        $answered = @($outcomes | Where-Object ErrorId -EQ '').Count

        $totals = Get-ChatUsage Test
        ($totals | Measure-Object Requests -Sum).Sum | Should -Be 2000
        ($totals | Measure-Object Succeeded -Sum).Sum | Should -Be $answered
        ($totals | Measure-Object Failures -Sum).Sum | Should -Be (2000 - $answered)
    }
}
