BeforeAll {
    . $PSScriptRoot/common.ps1

    function Get-Completion([string] $Line) {
        (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Clear-Test
}

Describe 'Completion' {
    It 'offers the models that were listed last' {
        Connect-TestSandbox @{ Model = 'zebra-1', 'zebra-2', 'other' }
        $null = Get-ChatModel
        Get-Completion 'Invoke-ChatCompletion -Model zeb' | Should -Be 'zebra-1', 'zebra-2'
        Get-Completion 'Get-ChatModel -Id ZEBRA-2' | Should -Be 'zebra-2'
        Get-Completion 'Invoke-ChatTextCompletion -Model zebra-1' | Should -Be 'zebra-1'
        @(Get-TestRequest).Count | Should -Be 1 -Because 'nothing is asked while typing'
    }

    It 'quotes models that need it' {
        Connect-TestSandbox @{ Model = "it's odd", 'plain/one:2' }
        $null = Get-ChatModel
        Get-Completion 'Invoke-ChatCompletion -Model it' | Should -Be "'it''s odd'"
        Get-Completion 'Invoke-ChatCompletion -Model plain' | Should -Be 'plain/one:2'
    }

    It 'offers the models of the connection that is named' {
        $other = Start-ChatSandbox Other -Model 'zebra-other'
        Connect-ChatService $other.BaseUri -Name Other
        Connect-TestSandbox @{ Model = 'zebra-test' }
        $null = Get-ChatModel
        $null = Get-ChatModel -Connection Other
        Get-Completion 'Invoke-ChatCompletion -Connection Other -Model zeb' | Should -Be 'zebra-other'
        Get-Completion 'Invoke-ChatCompletion -Model zeb' | Should -Be 'zebra-test'
        Disconnect-ChatService Other
        Stop-ChatSandbox Other
    }

    It 'learns the models in the background' {
        Connect-TestSandbox @{ Model = 'zebra-background' }
        $null = Get-Completion 'Invoke-ChatCompletion -Model zeb'
        Wait-Until { Get-TestRequest }
        Wait-Until { (Get-Completion 'Invoke-ChatCompletion -Model zeb') -eq 'zebra-background' }
    }

    It 'never waits for a server that is silent' {
        Connect-TestSandbox @{ Fault = 'Silence' }
        $null = Get-Completion 'Get-ChatConnection -Name x'
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Get-Completion 'Invoke-ChatCompletion -Model zeb'
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 1
    }

    It 'offers nothing, and no error, without a connection' {
        Disconnect-ChatService *
        { Get-Completion 'Invoke-ChatCompletion -Model zeb' } | Should -Not -Throw
    }

    It 'offers connections' {
        Connect-TestSandbox
        $uri = (Get-ChatConnection Test).BaseUri
        'Zoo One', 'Zoo2' | ForEach-Object { Connect-ChatService $uri -Name $_ }
        foreach ($line in 'Invoke-ChatCompletion -Connection zoo', 'Get-ChatConnection zoo', 'Disconnect-ChatService zoo', 'Test-ChatConnection zoo') {
            Get-Completion $line | Should -Be "'Zoo One'", 'Zoo2' -Because $line
        }

        Disconnect-ChatService Zoo*
    }

    It 'offers sandboxes' {
        $null = Start-ChatSandbox Zoo
        Get-Completion 'Stop-ChatSandbox zo' | Should -Be 'Zoo'
        Get-Completion 'Get-ChatSandboxRequest zo' | Should -Be 'Zoo'
        Stop-ChatSandbox Zoo
    }

    It 'offers <Values> to <Line>' -ForEach @(
        @{ Line = 'Invoke-ChatCompletion -ReasoningEffort m'; Values = 'minimal', 'medium', 'max' }
        @{ Line = 'Invoke-ChatCompletion -Verbosity '; Values = 'low', 'medium', 'high' }
        @{ Line = 'Invoke-ChatCompletion -ServiceTier f'; Values = 'flex', 'fast' }
        @{ Line = 'Invoke-ChatCompletion -Modality '; Values = 'text', 'audio' }
        @{ Line = 'Invoke-ChatCompletion -ResponseFormat '; Values = 'text', 'json_object' }
        @{ Line = 'Invoke-ChatCompletion -ToolChoice '; Values = 'auto', 'none', 'required' }
        @{ Line = 'Invoke-ChatCompletion -PromptCacheRetention '; Values = 'in_memory', '24h', '5m', '1h' }
        @{ Line = 'New-ChatMessage -Role '; Values = 'system', 'developer', 'user', 'assistant', 'tool' }
        @{ Line = 'Invoke-ChatCompletion -ImageDetail '; Values = 'auto', 'low', 'high' }
        @{ Line = 'New-ChatMessage -ImageDetail '; Values = 'auto', 'low', 'high' }
    ) {
        Get-Completion $Line | Should -Be $Values
    }

    It 'does not refuse values that are new' {
        Connect-TestSandbox @{ Response = @{ Response = @{ id = 'x'; choices = @(@{ message = @{ content = 'hi' }; finish_reason = 'stop' }) } } }
        (Invoke-ChatCompletion hi -ReasoningEffort brand-new).Text | Should -Be 'hi'
        Get-TestMember reasoning_effort | Should -Be '"brand-new"'
    }
}
