BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Get-ChatGpt' {
    BeforeEach {
        Connect-TestSandbox
    }

    It 'tells what the store knows of one' {
        $gpt = Get-ChatGpt g-sandbox01
        $gpt | Should -BeOfType ChatPS.ChatGpt
        $gpt.Name | Should -BeExactly 'Weather'
        $gpt.Author | Should -BeExactly 'Sandbox'
        $gpt.PromptStarters | Should -Be 'What can you do?', 'Show me Weather.'
        $gpt.Categories | Should -Be 'productivity'
        $gpt.Link | Should -BeExactly 'https://chatgpt.com/g/g-sandbox01-weather'
        $gpt.Model | Should -BeExactly 'gpt-4-gizmo-g-sandbox01'
        ($gpt.Raw | ConvertFrom-Json).data.gizmo.id | Should -Be 'g-sandbox01'
        $request = Get-TestRequest
        $request.Path | Should -Be '/v1/gpts/'
        $request.Query | Should -Be 'id=g-sandbox01'
    }

    It 'takes ids, web addresses and names of models, many, in order' {
        $gpts = 'g-sandbox03', 'https://chatgpt.com/g/g-sandbox01-weather', 'gpt-4-gizmo-g-sandbox02' | Get-ChatGpt
        $gpts.Id | Should -Be 'g-sandbox03', 'g-sandbox01', 'g-sandbox02'
        (Get-ChatGpt g-sandbox02, g-sandbox01).Name | Should -Be 'Log reader', 'Weather'
        ([pscustomobject]@{ Id = 'g-sandbox01' } | Get-ChatGpt).Name | Should -Be 'Weather'
    }

    It 'is asked when it is piped into a chat, from a file as well' {
        $gpt = Get-ChatGpt g-sandbox01
        ($gpt | Invoke-ChatCompletion 'Rain?').Text | Should -BeLike '*Rain?*'
        (Get-TestBody).model | Should -Be 'gpt-4-gizmo-g-sandbox01'
        (Get-TestBody).messages[-1].content | Should -Be 'Rain?'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($gpt))
        $null = $copy | Invoke-ChatCompletion 'Sun?'
        (Get-TestBody).model | Should -Be 'gpt-4-gizmo-g-sandbox01'
        (Get-TestBody).messages[-1].content | Should -Be 'Sun?'
    }

    It 'refuses another than the one that was asked for' {
        Connect-TestSandbox @{ Response = @{ Path = '*/gpts/*'; Response = @{ code = 0; data = @{ gizmo = @{ id = 'g-other'; display = @{ name = 'x' } } } } } }
        (Get-Failure { Get-ChatGpt g-sandbox01 }).FullyQualifiedErrorId | Should -BeLike 'BadResponse,*'
    }

    It 'takes what Find-ChatGpt found, from a job as well' {
        (Find-ChatGpt weather | Get-ChatGpt).Author | Should -Be 'Sandbox', 'Somebody else'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Find-ChatGpt logs)))
        ($copy | Get-ChatGpt).Name | Should -Be 'Log reader'
    }

    It 'makes an error of an id that is none, and of one that the store does not know; the others come' {
        $gpts = 'weather', 'g-sandbox01', 'g-unknown', 'g-sandbox02' | Get-ChatGpt -ErrorVariable failures -ErrorAction SilentlyContinue
        $gpts.Name | Should -Be 'Weather', 'Log reader'
        @($failures).Count | Should -Be 2
        $failures.TargetObject | Should -Be 'weather', 'g-unknown'
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[0].Exception.Message | Should -BeLike "*-Id: 'weather'*"
        $failures[1].Exception.Message | Should -BeLike '*gpts not found*'
        @(Get-TestRequest).Count | Should -Be 3
    }
}
